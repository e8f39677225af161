-- What lists, the board, Today and the reports read. The write path knows nothing of it: the outbox relay keeps it in
-- the wake of each commit (docs/decisions/0009). Everything here can be made again from the leads.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- stage: where the lead stood after this change; null in a row that does not say, then it is where the lead stands.
-- search: what a search finds by may have changed. quiet: history that is not news, of which nobody is told.
ALTER TABLE outbox
  ADD COLUMN stage text,
  ADD COLUMN search boolean NOT NULL DEFAULT true,
  ADD COLUMN quiet boolean NOT NULL DEFAULT false;

-- What a report changes, small and indexed; the wide row of the lead keeps its rule of no such index.
CREATE TABLE lead_card (
  company_id bigint NOT NULL,
  lead_id bigint NOT NULL,
  revision integer NOT NULL,
  -- A stage of the board, or 'Deleted'.
  stage text NOT NULL,
  stage_since timestamptz NOT NULL,
  -- The stages at which the lead ever stood, a bit each in the board's order: 1, 2, 4, …
  reached integer NOT NULL,
  status text NOT NULL,
  -- What the lead is worth: the amount of the job, else the value.
  amount numeric(14, 2),
  source text NOT NULL,
  category text,
  assignee_id bigint,
  lost_reason text,
  quality smallint,
  created_at timestamptz NOT NULL,
  -- The first report of any status.
  first_contact_at timestamptz,
  -- When a lead that is won or lost came to be so.
  closed_at timestamptz,
  action_due_at timestamptz,
  -- Indexed in place of the instant: most reports leave the day as it is, and then write no index.
  action_due_on date GENERATED ALWAYS AS ((action_due_at AT TIME ZONE 'UTC')::date) STORED,
  PRIMARY KEY (company_id, lead_id)
) WITH (fillfactor = 70);
CREATE INDEX lead_card_stage ON lead_card (company_id, stage, stage_since DESC, lead_id DESC);
CREATE INDEX lead_card_due ON lead_card (company_id, action_due_on) WHERE action_due_on IS NOT NULL;

-- What a lead is found by; written only when one of these values changes, which a status report does not.
CREATE TABLE lead_search (
  company_id bigint NOT NULL,
  lead_id bigint NOT NULL,
  -- Lower case: what the lead is called in lists, which is not the customer's name while that may not be seen.
  sort_name text NOT NULL,
  -- Lower case, one line: names, company, e-mail address, digits of both phones, address, city, zip. Empty while the
  -- customer may not be seen: an offer shows nobody before it is accepted.
  text text NOT NULL,
  category text,
  assignee_id bigint,
  next_action_date date,
  deleted boolean NOT NULL,
  PRIMARY KEY (company_id, lead_id)
) WITH (fillfactor = 90);
CREATE INDEX lead_search_name ON lead_search (company_id, sort_name, lead_id);
CREATE INDEX lead_search_assignee ON lead_search (company_id, assignee_id, lead_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX lead_search_next_action ON lead_search (company_id, next_action_date, lead_id)
  WHERE next_action_date IS NOT NULL;
-- The list of entries not yet sorted in is read by every search: short, then.
CREATE INDEX lead_search_text ON lead_search USING gin (company_id, text gin_trgm_ops)
  WITH (gin_pending_list_limit = 512);

-- Exact at every moment: kept by difference in the transaction that changes the cards.
CREATE TABLE stage_total (
  company_id bigint NOT NULL,
  stage text NOT NULL,
  leads bigint NOT NULL,
  amount numeric(20, 2) NOT NULL,
  PRIMARY KEY (company_id, stage)
) WITH (fillfactor = 50);

-- Append-only: each time that a lead came to another stage. The first row of a lead has no stage before it.
CREATE TABLE stage_move (
  company_id bigint NOT NULL,
  at timestamptz NOT NULL,
  lead_id bigint NOT NULL,
  revision integer NOT NULL,
  from_stage text,
  to_stage text NOT NULL,
  -- How long the lead had been at from_stage.
  seconds double precision,
  -- When the lead itself came, so that a report on a period's leads needs no other table.
  created_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, at, lead_id, revision)
);

-- The leads that are there already: the relay projects them as it does any other.
TRUNCATE outbox;
INSERT INTO outbox (company_id, lead_id, revision, event, at, quiet)
SELECT company_id, id, revision, 'lead.updated', greatest(created_at, action_at, status_at, deleted_at), true
FROM lead ORDER BY company_id, id;

-- Small tables whose rows change all the time want the vacuum long before a fifth of them is dead, and one that empties
-- itself must not be cut short under its writers' hands.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 100000, autovacuum_vacuum_cost_delay = 0,
  vacuum_truncate = false);
ALTER TABLE rate_window SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0);
ALTER TABLE stage_total SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0);
ALTER TABLE lead SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE lead_card SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE lead_search SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
