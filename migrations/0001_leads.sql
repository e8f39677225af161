-- The lead record, its timeline, the outbox, and everything that signs a request.
-- Every table of a company carries company_id first in its key, so that a sharding PostgreSQL can distribute it.

CREATE TABLE company (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Operators belong to no company. The e-mail address alone names a user at log-in, so it is unique everywhere:
-- email_key is the address in lower case, made by the server, as lower() of PostgreSQL depends on the cluster's locale.
CREATE TABLE app_user (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 101) PRIMARY KEY,
  company_id bigint REFERENCES company,
  email text NOT NULL,
  email_key text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('operator', 'admin', 'member')),
  password_hash text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((role = 'operator') = (company_id IS NULL))
);
CREATE INDEX app_user_company ON app_user (company_id);

-- Signs the JWTs. Shared by every process of the installation. A stolen copy of this row forges nothing by itself:
-- a token is honoured only when its own hash stands in api_token too.
CREATE TABLE signing_key (
  id text PRIMARY KEY,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_token (
  id uuid PRIMARY KEY,
  company_id bigint NOT NULL REFERENCES company,
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_token_company ON api_token (company_id);

CREATE TABLE api_key (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 501) PRIMARY KEY,
  company_id bigint NOT NULL REFERENCES company,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  -- The first characters of the key, so that an office can tell its keys apart.
  hint text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_key_company ON api_key (company_id);

-- Failed log-ins by subject (address and client together, and each alone), whether or not such a user exists.
CREATE TABLE auth_failure (
  subject bytea PRIMARY KEY,
  window_started_at timestamptz NOT NULL,
  failures integer NOT NULL
);
CREATE INDEX auth_failure_started ON auth_failure (window_started_at);

-- One row a credential; state is {window name: [start in ms, calls]}. Readiness is proven by writing one, too.
CREATE TABLE rate_window (
  subject text PRIMARY KEY,
  state jsonb NOT NULL DEFAULT '{}'
) WITH (fillfactor = 50);

CREATE SEQUENCE lead_id START WITH 1000001;

CREATE TABLE lead (
  company_id bigint NOT NULL REFERENCES company,
  id bigint NOT NULL,
  revision integer NOT NULL,

  first_name text,
  middle_name text,
  last_name text,
  display_name text,
  customer_company text,
  email text,
  phone text,
  mobile_phone text,
  mobile_provider text,
  fax text,
  address text,
  city text,
  state text,
  zip text,
  country text,
  website text,
  summary text,
  experience text,
  contact_quality text,
  contact_region text,
  contact_division text,
  contact_office text,
  contact_category text,
  contact_trade text,
  contact_field_id text,

  category text,
  original_description text,
  project_details_html text,
  source text NOT NULL,
  source_reference text,

  action text NOT NULL CHECK (action IN ('NONE', 'ACCEPTED', 'DECLINED')),
  action_at timestamptz,
  decline_reason text,
  viewed boolean NOT NULL,

  status text NOT NULL,
  status_at timestamptz,
  reason text,
  meeting_date date,
  job_amount numeric(14, 2) CHECK (job_amount > 0),
  contact_method text,
  estimate_type text,
  lost_reason text,
  start_date date,
  completion_date date,
  start_date_tbd boolean,
  completion_date_tbd boolean,
  last_open jsonb,
  action_due_at timestamptz,

  quality smallint,
  value numeric(14, 2) CHECK (value >= 0),
  type text,
  stage text,
  source_label text,
  opened_date date,
  notes text,
  assignee_id bigint,
  next_action_date date,

  -- A bounded list of what is attached, kept here so that showing a lead never needs a second query.
  attachments jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  modified_at timestamptz NOT NULL,
  converted_at timestamptz,
  deleted_at timestamptz,

  PRIMARY KEY (company_id, id)
) WITH (fillfactor = 80);
-- No index holds what a status report changes: an update of a lead then touches no index at all (HOT), which is worth
-- more than any index on it would be. What changed since an instant is asked of the timeline.
-- Who is this? By address, and by the digits of either phone; the expressions are those of the queries, to the letter.
CREATE INDEX lead_email ON lead (company_id, lower(email));
CREATE INDEX lead_phone ON lead (company_id, regexp_replace(phone, '[^0-9]', '', 'g'));
CREATE INDEX lead_mobile_phone ON lead (company_id, regexp_replace(mobile_phone, '[^0-9]', '', 'g'));

-- Append-only. One row a revision, so a change can neither be told twice nor be left out.
CREATE TABLE timeline (
  company_id bigint NOT NULL,
  lead_id bigint NOT NULL,
  revision integer NOT NULL,
  at timestamptz NOT NULL,
  event text NOT NULL,
  face text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  changes jsonb NOT NULL,
  PRIMARY KEY (company_id, lead_id, revision)
);
CREATE INDEX timeline_at ON timeline (company_id, at, lead_id);

-- What must still be told to the outside, written in the change's own transaction: one row for each row of the timeline.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  company_id bigint NOT NULL,
  lead_id bigint NOT NULL,
  revision integer NOT NULL,
  event text NOT NULL,
  at timestamptz NOT NULL
);

-- The stored answer of a keyed write, in the transaction of its effect.
CREATE TABLE idempotency (
  company_id bigint NOT NULL,
  face text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status smallint NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, face, key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

-- A file is staged first (its lead does not show it) and published by the change that attaches it.
CREATE TABLE attachment (
  company_id bigint NOT NULL REFERENCES company,
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10001),
  lead_id bigint NOT NULL,
  filename text NOT NULL,
  content_type text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  published boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id)
);
CREATE INDEX attachment_staged ON attachment (created_at) WHERE NOT published;

CREATE TABLE attachment_chunk (
  company_id bigint NOT NULL,
  attachment_id bigint NOT NULL,
  n integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (company_id, attachment_id, n),
  FOREIGN KEY (company_id, attachment_id) REFERENCES attachment ON DELETE CASCADE
);

CREATE TABLE referral_request (
  company_id bigint NOT NULL REFERENCES company,
  id bigint GENERATED ALWAYS AS IDENTITY,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text,
  phone text,
  send_gift boolean NOT NULL,
  renewal boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id)
);
CREATE INDEX referral_request_email ON referral_request (company_id, lower(email));
CREATE INDEX referral_request_phone ON referral_request (company_id, regexp_replace(phone, '[^0-9]', '', 'g'));
