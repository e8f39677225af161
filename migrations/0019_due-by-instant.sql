-- What is due is read in its order, and counted, out of the index alone. It held the day of the due time so that a report
-- that leaves the day as it is would write no index; since lists hold the status, nearly every report writes theirs.
DROP INDEX lead_card_due;
ALTER TABLE lead_card DROP COLUMN action_due_on;
CREATE INDEX lead_card_due ON lead_card (company_id, action_due_at, lead_id) INCLUDE (stage, assignee_id)
  WHERE action_due_at IS NOT NULL;
-- An index is read without the cards only where a vacuum found every card of a page to be visible. A twentieth of ten
-- million cards, changed here and there, is most of their pages.
ALTER TABLE lead_card SET (autovacuum_vacuum_scale_factor = 0.02);
