-- People: sessions, second factors, links that go out by e-mail, what a company has set, and what a user has saved.
-- Whatever opens something stands here as a hash only, or encrypted with a key that is not in the store.

ALTER TABLE app_user
  -- The authenticator's secret, encrypted; in force once confirmed.
  ADD COLUMN totp_secret bytea,
  ADD COLUMN totp_confirmed_at timestamptz,
  -- The last time step whose code was taken: a code works once.
  ADD COLUMN totp_last_step bigint,
  ADD COLUMN last_seen_at timestamptz;

CREATE TABLE recovery_code (
  user_id bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE app_session (
  token_hash bytea PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- For the eyes of whoever looks into an incident.
  user_agent text NOT NULL,
  client_network text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX app_session_user ON app_session (user_id);
CREATE INDEX app_session_expires ON app_session (expires_at);

-- A right password that still waits for its code.
CREATE TABLE login_challenge (
  token_hash bytea PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  -- The challenge dies with the password that made it.
  password_hash text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX login_challenge_expires ON login_challenge (expires_at);

CREATE TABLE password_reset (
  token_hash bytea PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX password_reset_user ON password_reset (user_id);
CREATE INDEX password_reset_expires ON password_reset (expires_at);

CREATE TABLE invitation (
  company_id bigint NOT NULL REFERENCES company,
  id bigint GENERATED ALWAYS AS IDENTITY,
  email text NOT NULL,
  email_key text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'member')),
  token_hash bytea NOT NULL UNIQUE,
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, id),
  UNIQUE (company_id, email_key)
);
CREATE INDEX invitation_expires ON invitation (expires_at);

ALTER TABLE company
  ADD COLUMN currency text NOT NULL DEFAULT 'CAD',
  ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC',
  -- 0: at once; null: never.
  ADD COLUMN offer_answer_hours integer DEFAULT 0,
  -- {status: hours or null}; a status that is absent has the default of the rule table.
  ADD COLUMN follow_up_hours jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN categories text[] NOT NULL DEFAULT '{}',
  ADD COLUMN types text[] NOT NULL DEFAULT '{}',
  ADD COLUMN stages text[] NOT NULL DEFAULT '{}',
  ADD COLUMN sources text[] NOT NULL DEFAULT '{}',
  ADD COLUMN form_enabled boolean NOT NULL DEFAULT false,
  -- 60 random bits: a form cannot be found by guessing.
  ADD COLUMN form_slug text NOT NULL UNIQUE DEFAULT left(replace(gen_random_uuid()::text, '-', ''), 16),
  ADD COLUMN form_title text NOT NULL DEFAULT 'Tell us about your project',
  ADD COLUMN form_intro text NOT NULL DEFAULT '',
  ADD COLUMN form_thanks text NOT NULL DEFAULT 'Thank you. We will be in touch soon.',
  ADD COLUMN form_categories text[] NOT NULL DEFAULT '{}';

CREATE TABLE saved_view (
  company_id bigint NOT NULL REFERENCES company,
  id bigint GENERATED ALWAYS AS IDENTITY,
  user_id bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  name text NOT NULL,
  query text NOT NULL,
  PRIMARY KEY (company_id, id),
  UNIQUE (company_id, user_id, name)
);
