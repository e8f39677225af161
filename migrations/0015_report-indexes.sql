-- How long a lead stood where it was, as reports count it: by the minute, above two days by the hour, in the middle of each.
ALTER TABLE stage_move ADD COLUMN step integer GENERATED ALWAYS AS ((
  CASE WHEN seconds < 172800 THEN floor(seconds / 60) * 60 + 30
    ELSE floor(seconds / 3600) * 3600 + 1800 END)::integer) STORED;
-- Reports read of the moves only those away from a stage, and by when their leads came, in whatever year they look: a
-- third of what lay in the key, which nothing else asks. The coming of a new lead writes no index here any more.
ALTER TABLE stage_move DROP CONSTRAINT stage_move_pkey;
CREATE UNIQUE INDEX stage_move_left ON stage_move (company_id, created_at, lead_id, revision)
  INCLUDE (from_stage, step) WHERE step IS NOT NULL;
-- What was won in a period, without all that was ever won. Only what is won pays for it.
CREATE INDEX lead_card_won ON lead_card (company_id, closed_at) INCLUDE (assignee_id, amount) WHERE stage = 'Won';
