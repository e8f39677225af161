-- Webhooks. The outbox relay writes a delivery for each event that an endpoint wants, in the transaction that takes the
-- event off the outbox; a sender in some process of the installation tells the endpoint (docs/decisions/0014).

CREATE TABLE webhook_endpoint (
  company_id bigint NOT NULL REFERENCES company,
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 301),
  url text NOT NULL,
  description text,
  -- Empty: every event, those of later releases too.
  events text[] NOT NULL DEFAULT '{}',
  -- Calls a second at most; null: as fast as it answers.
  per_second integer CHECK (per_second > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Nothing is queued for it and nothing sent to it from then on.
  disabled_at timestamptz,
  disabled_reason text CHECK (disabled_reason IN ('office', 'gone', 'failing')),
  -- Since when every call has failed; null while calls go well.
  failing_since timestamptz,
  -- Grows with every edit, so that whoever sends to it reads everything about it again.
  version integer NOT NULL DEFAULT 1,
  -- The process that sends to it at the moment; free once owned_until is over.
  owner uuid,
  owned_until timestamptz,
  PRIMARY KEY (company_id, id),
  CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
) WITH (fillfactor = 50);

-- What signs. A delivery is signed with every secret that lives, so that a receiver may change over in its own time.
CREATE TABLE webhook_secret (
  company_id bigint NOT NULL,
  endpoint_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- The text that begins with whsec_, encrypted with a key that is not in the store.
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- null: the current one.
  expires_at timestamptz,
  PRIMARY KEY (company_id, endpoint_id, id),
  FOREIGN KEY (company_id, endpoint_id) REFERENCES webhook_endpoint ON DELETE CASCADE
);

-- What must still be told to an endpoint; a row goes once it is delivered or given up. Ids are drawn under the relay's
-- lock, so they are in the order of commits. No reference to the endpoint, here and in the log: the relay and the sender
-- are not to pay for one a row; whoever deletes the endpoint deletes these, and house-keeping what a race leaves.
CREATE TABLE webhook_delivery (
  company_id bigint NOT NULL,
  endpoint_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- 0 for a message of no lead: a test.
  lead_id bigint NOT NULL,
  revision integer NOT NULL,
  event text NOT NULL,
  -- When it happened.
  at timestamptz NOT NULL,
  -- True for a row that has failed, and for those of its lead behind it, which may not overtake it.
  waiting boolean NOT NULL DEFAULT false,
  attempts smallint NOT NULL DEFAULT 0,
  -- When a waiting row is tried again; null for one that waits behind another of its lead.
  next_at timestamptz,
  CHECK (waiting OR (attempts = 0 AND next_at IS NULL))
);
-- What goes well costs one index. Those of waiting rows tell which leads are held up, and what is due again.
CREATE UNIQUE INDEX webhook_delivery_fresh ON webhook_delivery (company_id, endpoint_id, id) WHERE NOT waiting;
CREATE UNIQUE INDEX webhook_delivery_waiting ON webhook_delivery (company_id, endpoint_id, lead_id, id) WHERE waiting;
CREATE INDEX webhook_delivery_due ON webhook_delivery (company_id, endpoint_id, next_at) WHERE next_at IS NOT NULL;

-- The log of calls, kept for 30 days.
CREATE TABLE webhook_attempt (
  company_id bigint NOT NULL,
  endpoint_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- When the call began.
  at timestamptz NOT NULL,
  -- The webhook-id: the same at every attempt, and in a replay.
  message_id text NOT NULL,
  lead_id bigint NOT NULL,
  revision integer NOT NULL,
  event text NOT NULL,
  event_at timestamptz NOT NULL,
  -- 1 for the first.
  attempt smallint NOT NULL,
  -- failed: is tried again at next_at; given-up: that was the last attempt; gone: it answered 410.
  outcome text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'given-up', 'gone')),
  -- What was answered: HTTP status and the first 1,000 characters; null when nothing was.
  status smallint,
  answer text,
  -- Why it failed, in words; null when it did not.
  error text,
  milliseconds integer NOT NULL,
  next_at timestamptz,
  PRIMARY KEY (company_id, endpoint_id, id)
);
CREATE INDEX webhook_attempt_lead ON webhook_attempt (company_id, lead_id, id);
CREATE INDEX webhook_attempt_bad ON webhook_attempt (company_id, endpoint_id, id) WHERE outcome <> 'delivered';
-- The log is written in the order of time, so house-keeping finds what is old by this alone.
CREATE INDEX webhook_attempt_at ON webhook_attempt USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

ALTER TABLE webhook_delivery SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 100000, autovacuum_vacuum_cost_delay = 0,
  vacuum_truncate = false);

-- When the office owed its step after this change: the one thing shown of a lead that no change of a field tells. With it
-- a lead can be shown as it was at any of its revisions. null, too, in rows of an older release.
ALTER TABLE timeline ADD COLUMN action_due_at timestamptz;
