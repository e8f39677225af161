-- Accounts at upstream services that a company keeps in step with, what was agreed with each about each lead, and what
-- could not be agreed (docs/decisions/0015).

CREATE TABLE connection (
  company_id bigint NOT NULL REFERENCES company,
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 201),
  kind text NOT NULL CHECK (kind IN ('renovationfind', 'constructiononline')),
  name text NOT NULL,
  base_url text NOT NULL,
  -- JSON, encrypted with a key that is not in the store.
  credentials bytea NOT NULL,
  -- What is shown of the credentials.
  hint text NOT NULL,
  -- {field or '*': 'ask' | 'upstream' | 'ours' | 'newest'}; a field that is absent has the rule of '*', else 'ask'.
  field_rules jsonb NOT NULL DEFAULT '{}',
  interval_seconds integer NOT NULL CHECK (interval_seconds > 0),
  -- Rate windows of the account, as CONSTRUCTIONONLINE_LIMITS writes them.
  limits text NOT NULL,
  -- Our own count of the calls.
  windows jsonb NOT NULL DEFAULT '{}',
  -- Whether leads that are made here are made there too.
  push_new boolean NOT NULL DEFAULT true,
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- When the first whole import was complete.
  imported_at timestamptz,
  -- Leads that changed from then on may be new to the upstream.
  looked_at timestamptz NOT NULL DEFAULT now(),
  -- null while it is paused.
  next_run_at timestamptz DEFAULT now(),
  -- A change made here brings a run before its time, but none before this.
  rests_until timestamptz,
  last_run_at timestamptz,
  last_ok_at timestamptz,
  -- Runs that failed one after the other.
  failures integer NOT NULL DEFAULT 0,
  -- No run before: a pause after failures, which grows until the circuit breaker opens.
  broken_until timestamptz,
  -- No run before: the upstream named this time when it refused a call as one too many.
  limited_until timestamptz,
  -- {code, text, at} of the last run that failed; null after one that did not.
  last_error jsonb,
  owner uuid,
  owned_until timestamptz,
  PRIMARY KEY (company_id, id)
) WITH (fillfactor = 70);
-- Every server looks for due ones each second.
CREATE INDEX connection_due ON connection (next_run_at) WHERE enabled;

-- What is agreed with an upstream about a lead.
CREATE TABLE connection_lead (
  company_id bigint NOT NULL,
  connection_id bigint NOT NULL,
  lead_id bigint NOT NULL,
  -- null while a lead that is made here is on its way there.
  upstream_id text,
  -- The last agreed value by field, in terms of the upstream.
  base jsonb NOT NULL DEFAULT '{}',
  -- What the upstream said last, by field; null when it has not yet.
  theirs jsonb,
  -- The upstream's own time of that.
  theirs_at timestamptz,
  -- What was sent and not yet known to have arrived, by field.
  sent jsonb,
  seen_at timestamptz,
  -- The lead's revision that was compared last, whose taking over from there is in base, and the newest that the relay
  -- has told of. A new row is dirty: what the relay told just before it was there is found by looking.
  seen_revision integer NOT NULL DEFAULT 0,
  changed_revision integer NOT NULL DEFAULT 1,
  -- Something could not be done yet.
  pending boolean NOT NULL DEFAULT false,
  dirty boolean NOT NULL GENERATED ALWAYS AS (pending OR changed_revision > seen_revision) STORED,
  -- One more with each write of the row, so that nobody writes over what he has not read.
  version integer NOT NULL DEFAULT 0,
  -- When both sides were last found to agree.
  agreed_at timestamptz,
  -- When the upstream's list no longer had it.
  gone_at timestamptz,
  PRIMARY KEY (company_id, lead_id, connection_id),
  UNIQUE (company_id, connection_id, upstream_id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection ON DELETE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX connection_lead_dirty ON connection_lead (company_id, connection_id, lead_id) WHERE dirty;
CREATE INDEX connection_lead_unsure ON connection_lead (company_id, connection_id, lead_id) WHERE upstream_id IS NULL;

-- A field of which the two sides say different things. Settled ones are history.
CREATE TABLE lead_conflict (
  company_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 401),
  lead_id bigint NOT NULL,
  connection_id bigint NOT NULL,
  field text NOT NULL,
  -- 'both-changed': each side changed it; 'refused': one side does not take the other's value, for the reason in detail.
  kind text NOT NULL CHECK (kind IN ('both-changed', 'refused')),
  base jsonb,
  ours jsonb,
  ours_at timestamptz,
  theirs jsonb,
  theirs_at timestamptz,
  detail text,
  opened_at timestamptz NOT NULL,
  settled_at timestamptz,
  -- The name of a user or token, or 'sync' when the sides came to agree by themselves.
  settled_by text,
  choice text CHECK (choice IN ('ours', 'theirs')),
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection ON DELETE CASCADE
);
CREATE UNIQUE INDEX lead_conflict_open ON lead_conflict (company_id, connection_id, lead_id, field)
  WHERE settled_at IS NULL;
CREATE INDEX lead_conflict_lead ON lead_conflict (company_id, lead_id, id);

-- What each run did; kept for 30 days.
CREATE TABLE sync_run (
  company_id bigint NOT NULL,
  connection_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  started_at timestamptz NOT NULL,
  -- null while it runs, and for ever when its process was killed.
  ended_at timestamptz,
  -- Leads changed here, and there.
  pulled integer NOT NULL DEFAULT 0,
  pushed integer NOT NULL DEFAULT 0,
  created_here integer NOT NULL DEFAULT 0,
  created_there integer NOT NULL DEFAULT 0,
  -- Opened by this run.
  conflicts integer NOT NULL DEFAULT 0,
  gone integer NOT NULL DEFAULT 0,
  calls integer NOT NULL DEFAULT 0,
  error jsonb,
  PRIMARY KEY (company_id, connection_id, id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection ON DELETE CASCADE
);
CREATE INDEX sync_run_started ON sync_run (started_at);

-- What an upstream calls a lead that came from there; of the others it costs nothing.
CREATE INDEX lead_source_reference ON lead (company_id, source_reference) WHERE source_reference IS NOT NULL;

ALTER TABLE connection SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0);
ALTER TABLE connection_lead SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
