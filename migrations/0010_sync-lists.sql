-- The list of the conflicts that wait, newest first, among many that are settled.
CREATE INDEX lead_conflict_waiting ON lead_conflict (company_id, id) WHERE settled_at IS NULL;
-- How many leads are gone from an account's list; of the others it costs nothing.
CREATE INDEX connection_lead_gone ON connection_lead (company_id, connection_id) WHERE gone_at IS NOT NULL;
