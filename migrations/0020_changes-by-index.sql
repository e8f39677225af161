-- A walk along changes tells by the revision which row of a lead is its newest; with it the index is all that is read, where
-- each row of the history lay on a page of its own.
DROP INDEX timeline_at;
CREATE INDEX timeline_at ON timeline (company_id, at, lead_id) INCLUDE (revision);
-- Pages that only ever grow are cheap to look through once: then indexes are read without them.
ALTER TABLE timeline SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE stage_move SET (autovacuum_vacuum_insert_scale_factor = 0.02);
