-- Answers of keyed requests that write no lead: claimed before the request is carried out. `sealed` holds what makes the
-- request the same (request_hash is empty: a fast hash of a body with a password would give it away) and, once there is
-- one, the answer, which may show a secret. claimed_until is set while there is none; past it nobody knows how the request
-- ended. Keys of people who belong to no company stand under company 0.
ALTER TABLE idempotency ADD COLUMN sealed bytea, ADD COLUMN claimed_until timestamptz;
