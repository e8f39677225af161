-- How long a lead stood at each stage that it left is told by its card, in place of a table with a row for each move and
-- an index by when the lead came, into which every report wrote at a place of its own. Of a lead its latest 16 stays.
-- One number a stay: 16 times the half minutes, and the stage by its number on the board. As reports count durations: by
-- the minute, above two days by the hour, in the middle of each.
ALTER TABLE lead_card ADD COLUMN stays integer[];

CREATE TABLE stays_before AS
  SELECT company_id, lead_id, array_agg(half_minutes * 16 + stage ORDER BY revision) AS stays FROM (
    SELECT company_id, lead_id, revision, greatest(step, 30) / 30 AS half_minutes,
      array_position('{Offered,New,Contacting,In conversation,Estimate,Won,Lost,On hold,Declined}'::text[], from_stage) - 1 AS stage,
      row_number() OVER (PARTITION BY company_id, lead_id ORDER BY revision DESC) AS place
    FROM stage_move WHERE step IS NOT NULL AND from_stage <> 'Deleted'
  ) AS stay WHERE place <= 16 GROUP BY company_id, lead_id;
CREATE UNIQUE INDEX ON stays_before (company_id, lead_id);
ANALYZE stays_before;
CREATE FUNCTION stays_before(bigint, bigint) RETURNS integer[] LANGUAGE sql STABLE
  AS 'SELECT stays FROM stays_before WHERE company_id = $1 AND lead_id = $2';

-- Written as a whole with all its indexes, which leaves no holes. Of a table that is new PostgreSQL does not know that its
-- rows are visible to everybody, and reads no index without them.
-- afterwards: VACUUM (ANALYZE) lead_card
SET LOCAL maintenance_work_mem = '256MB';
DROP INDEX lead_card_list;
ALTER TABLE lead_card ALTER COLUMN stays TYPE integer[] USING stays_before(company_id, lead_id);
DROP FUNCTION stays_before;
DROP TABLE stays_before, stage_move;
CREATE INDEX lead_card_list ON lead_card (company_id, stage, created_at, lead_id)
  INCLUDE (status, source, source_label, category, assignee_id, amount, lost_reason, closed_at, first_contact_step, reached, stays);
-- Which numbers occur how often tells nothing that a plan is chosen by.
ALTER TABLE lead_card ALTER COLUMN stays SET STATISTICS 0;

-- Leads of a status that hardly any has. Entries of equal keys are kept as one list: some seven bytes a lead, so that the
-- whole index stays in memory.
CREATE INDEX lead_card_status ON lead_card (company_id, status);
