-- The follow-up clock, the daily digest, and what listeners resume from (docs/decisions/0016).

-- The due time of which lead.requires_action was told last, or that was past when the lead came in as history. Only the
-- relay writes it, in the statement that tells: a due time is told once.
ALTER TABLE lead_card ADD COLUMN told_due_at timestamptz;
UPDATE lead_card SET told_due_at = action_due_at WHERE action_due_at <= now();

-- One row. Cards whose due time is later than looked_until have not been looked for; next_look_at is when it is worth
-- looking again, at the latest.
CREATE TABLE follow_up_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  looked_until timestamptz NOT NULL,
  next_look_at timestamptz NOT NULL
) WITH (fillfactor = 50);
INSERT INTO follow_up_clock (looked_until, next_look_at) VALUES (now(), now());

-- What the relay has announced of late, a row a notification, in the order of its passes. Not logged: after a crash it is
-- empty, and whoever resumes then is told to ask for everything again.
CREATE UNLOGGED TABLE live_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Microseconds since 1970: tells a row from another of the same id, as ids begin anew after a crash.
  tag bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
  lines text NOT NULL
);
-- The place of a listener who came before anything was announced.
INSERT INTO live_log (lines) VALUES ('');
ALTER TABLE live_log SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = false);

-- Whether a user wants the mail of each morning.
ALTER TABLE app_user ADD COLUMN digest boolean NOT NULL DEFAULT false;
CREATE INDEX app_user_digest ON app_user (company_id, id) WHERE digest AND active;

-- The last morning of each user who wants it.
CREATE TABLE digest_mail (
  company_id bigint NOT NULL REFERENCES company,
  user_id bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  -- The date in the company's time zone.
  day date NOT NULL,
  -- No other process sends it before; the one that holds it may have been killed by then.
  claimed_until timestamptz NOT NULL,
  attempts smallint NOT NULL,
  -- null until it is over: 'nothing' when there was nothing to tell, 'failed' when it was given up.
  outcome text CHECK (outcome IN ('sent', 'nothing', 'failed')),
  ended_at timestamptz,
  PRIMARY KEY (company_id, user_id)
) WITH (fillfactor = 70);
CREATE INDEX digest_mail_user ON digest_mail (user_id);
