-- Upstreams without a whole list that tell what changed since an instant (docs/decisions/0015).
ALTER TABLE connection
  -- By the upstream's own clock: what changed there until then was looked at. null: nothing was yet.
  ADD COLUMN changes_since timestamptz,
  -- Whether the upstream tells its changes, as far as is known.
  ADD COLUMN tells_changes boolean NOT NULL DEFAULT false,
  -- When one that does not is asked again; null: at the next look.
  ADD COLUMN ask_changes_at timestamptz;

ALTER TABLE connection_lead
  -- The upstream's own number of what it said last, where it has one; null: what is known may be out of date.
  ADD COLUMN theirs_revision integer,
  -- {field: {ours, theirs}}: values on which the sides have agreed to differ.
  ADD COLUMN differs jsonb NOT NULL DEFAULT '{}',
  -- The connection was given another address since this was agreed.
  ADD COLUMN moved boolean NOT NULL DEFAULT false;
