/** The pgbench script of a lead created with one statement a transaction: lead, timeline row, outbox row. */
export function bareCreateScript(): string {
  return `\\set n random(1, 9999)
WITH made AS (
  INSERT INTO lead (company_id, id, revision, first_name, last_name, display_name, email, phone, address, city, state,
    zip, country, category, original_description, source, action, action_at, viewed, status, action_due_at, value,
    opened_date, notes, created_at, modified_at)
  VALUES (:company, nextval('lead_id'), 1, 'Hannah', 'Hughes', 'Hannah Hughes',
    'hannah.hughes' || :n::integer || '@example.com', '403-555-0142', '12 Elm Street', 'Calgary', 'AB', 'T2P 1A1',
    'Canada', 'Kitchen renovation',
    'We would like new cabinets, an island and quartz counters, and the wall to the dining room taken out if it can be.',
    'import', 'ACCEPTED', now(), true, 'NO_RESPONSE', now() + interval '1 day', 1000 + :n::integer, current_date,
    'From the list of the home show.', now(), now())
  RETURNING *
), told AS (
  INSERT INTO timeline (company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes)
  SELECT company_id, id, revision, modified_at, 'lead.created', 'system', 'system', 'import', 'import',
    json_build_object('firstName', json_build_object('old', null, 'new', first_name),
      'lastName', json_build_object('old', null, 'new', last_name),
      'email', json_build_object('old', null, 'new', email),
      'originalDescription', json_build_object('old', null, 'new', original_description))
  FROM made
), announced AS (
  INSERT INTO outbox (company_id, lead_id, revision, event, at)
  SELECT company_id, id, revision, 'lead.created', modified_at FROM made
)
SELECT * FROM made;
`
}
