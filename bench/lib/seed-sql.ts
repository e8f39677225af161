import { insertCardsText, insertSearchText } from '../../src/store/pipeline/projection-rebuild.ts'
import { stayAt } from '../../src/store/pipeline/projection-text.ts'
import { FIRST_LEAD_ID, KINDS, leadCount, roundSize, type Shape } from './shape.ts'

/*
 * The text that makes leads inside PostgreSQL, from nothing but their number: no row crosses a connection. Choices come
 * from a hash of the number, so the same shape always gives the same leads.
 */

const FIRST_NAMES = 'Aisha,Ben,Chloe,Daniel,Emma,Fatima,Grace,Hannah,Ivan,Jordan,Karen,Liam,Mei,Noah,Olivia,Priya'
const LAST_NAMES = 'Brown,Chan,Dubois,Elliott,Ferreira,Gagnon,Hughes,Ivanov,Jensen,Kaur,Lam,Martin,Novak,Osei,Patel,Roy'
const STREETS = 'Elm Street,Maple Avenue,5 Avenue SW,Lakeview Drive,Ridge Road,Centre Street,Birch Lane,Harbour Road'
const PLACES =
  'Calgary/AB/T2P,Edmonton/AB/T5J,Toronto/ON/M5V,Ottawa/ON/K1P,Halifax/NS/B3H,Winnipeg/MB/R3C,Regina/SK/S4P,Kelowna/BC/V1Y'
const CATEGORIES =
  'Kitchen renovation,Bathroom renovation,Basement finishing,Roof replacement,Deck and fence,Windows and doors,Home addition,Exterior painting'
const WISHES = [
  'We would like new cabinets, an island and quartz counters, and the wall to the dining room taken out if it can be.',
  'The tub should become a walk-in shower; the floor is soft near the toilet and may need new joists.',
  'Unfinished basement of about 900 square feet: one bedroom, a bathroom and an office, with a permit.',
  'Shingles are curling after the hail in July. The insurer has approved the replacement; we need a quote.',
  'Old deck is rotten. Looking for composite boards, new railings and stairs to the garden, before summer.',
  'Twelve windows and the front door, triple glazed. Please tell us the lead time as well.',
  'A second storey over the garage for a growing family; drawings exist, the engineer is chosen.',
  'Stucco repair and a fresh coat for the whole house, trim included. Two storeys, easy access.',
]
const SOURCE_LABELS = 'Google,Home show,Lawn sign,Neighbour,Past customer,Radio'
/** By kind, 0 to 15; below 5 are those that take no report. */
const STATUSES =
  'NO_RESPONSE,NO_RESPONSE,JOB_WON,LEAD_WON,JOB_WON,NO_RESPONSE,HOMEOWNER_CONTACTED,MEETUP_SCHEDULED,QUOTE_SENT,JOB_PENDING_DECISION,JOB_LOST,JOB_POSTPONED_OR_CANCELLED,REACHED_OUT_TO_HOMEOWNER,CONTACT_MADE,ESTIMATE_PROVIDED,LEAD_LOST'

const LIST_SEPARATOR = ','

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** SQL that picks one of a list by a number expression. */
function pick(list: readonly string[], number: string): string {
  return `(ARRAY[${list.map(quote).join(', ')}])[1 + (${number}) % ${list.length}]`
}

function pickOf(list: string, number: string): string {
  return pick(list.split(LIST_SEPARATOR), number)
}

/** Non-negative bits of the row's hash, from `from` on. */
function bits(from: number): string {
  return `((hash >> ${from}) & 255)::integer`
}

/** Column → SQL over `n`, `id`, `company_id`, `kind`, `hash`, `status`, `made_at`, `changed_at` of a row. */
const VALUES: Readonly<Record<string, string>> = {
  company_id: 'company_id',
  id: 'id',
  revision: `1 + ${bits(0)} % 4`,
  first_name: 'first_name',
  last_name: 'last_name',
  display_name: "first_name || ' ' || last_name",
  email: "lower(first_name || '.' || last_name) || n % 9973 || '@example.com'",
  phone: `(403 + ${bits(8)} % 3) || '-' || (100 + n * 7919 % 900) || '-' || lpad((n * 104729 % 10000)::text, 4, '0')`,
  mobile_phone: `CASE WHEN ${bits(16)} % 3 = 0 THEN '587-555-01' || lpad((n / 7 % 100)::text, 2, '0') END`,
  address: `(4 + n % 980) || ' ' || ${pickOf(STREETS, bits(24))}`,
  city: "split_part(place, '/', 1)",
  state: "split_part(place, '/', 2)",
  zip: "split_part(place, '/', 3) || ' 1A' || n % 10",
  country: "'Canada'",
  category: pickOf(CATEGORIES, bits(32)),
  original_description: pick(WISHES, bits(32)),
  project_details_html: `'<p>' || ${pick(WISHES, bits(32))} || '</p>'`,
  source: `CASE WHEN kind % 3 = 2 THEN 'constructiononline' ELSE 'renovationfind' END`,
  source_label: `CASE WHEN ${bits(12)} % 3 > 0 THEN ${pickOf(SOURCE_LABELS, bits(12))} END`,
  action: "CASE kind WHEN 0 THEN 'NONE' WHEN 1 THEN 'DECLINED' ELSE 'ACCEPTED' END",
  action_at: 'CASE WHEN kind > 0 THEN made_at END',
  decline_reason: "CASE WHEN kind = 1 THEN 'Outside of the area that we serve.' END",
  viewed: 'kind > 0',
  status: 'status',
  status_at: "CASE WHEN status <> 'NO_RESPONSE' THEN changed_at END",
  reason: `CASE WHEN kind > 5 AND ${bits(40)} % 2 = 0 OR kind IN (10, 11) THEN 'The homeowner compares three quotes.' END`,
  meeting_date: "CASE WHEN status = 'MEETUP_SCHEDULED' THEN changed_at::date END",
  job_amount: `CASE WHEN status LIKE '%WON' THEN 1500 + n % 90000 END`,
  lost_reason: "CASE WHEN status = 'LEAD_LOST' THEN 'PRICE' END",
  start_date_tbd: "CASE WHEN status = 'LEAD_WON' THEN true END",
  completion_date_tbd: "CASE WHEN status = 'LEAD_WON' THEN true END",
  action_due_at: `CASE WHEN kind IN (0, 5) THEN made_at WHEN kind > 5 THEN changed_at + interval '7 days' END`,
  quality: `CASE WHEN ${bits(40)} % 4 = 0 THEN ${bits(40)} % 100 END`,
  value: `CASE WHEN status LIKE '%WON' THEN 1500 + n % 90000 END`,
  opened_date: 'made_at::date',
  notes: `CASE WHEN ${bits(44)} % 4 = 0 THEN 'Prefers calls after five. The dog is friendly.' END`,
  created_at: 'made_at',
  modified_at: 'changed_at',
  converted_at: 'CASE WHEN kind = 4 THEN changed_at END',
}

/** How long each lead that was reported of stood as a new one. */
const FIRST_STAY = `CASE WHEN lead.status_at IS NOT NULL
  THEN ARRAY[${stayAt("'New'", 'lead.status_at - lead.created_at')}] END`

/**
 * Loads the leads with numbers from $1 to $2 - 1 and all that follows from them, but for the totals, in one statement:
 * what is made of a lead reads what has just been inserted and not the table, which has no index while it is loaded.
 * Times lead from three years before $3 (an instant) up to it, in the order of the ids.
 */
export function loadSql(shape: Shape, firstCompanyId: number, every: number): string {
  return `WITH lead AS (${insertLeadsSql(shape, firstCompanyId, leadCount(shape))} RETURNING *),
    told AS (${insertTimelineSql(shape, every)}),
    cards AS (${insertCardsText('true', FIRST_STAY)}),
    searched AS (${insertSearchText('true')})
    SELECT count(*) FROM lead`
}

function insertLeadsSql(shape: Shape, firstCompanyId: number, total: number): string {
  const size = roundSize(shape)
  const names = Object.keys(VALUES)
  return `INSERT INTO lead (${names.join(', ')})
    SELECT ${Object.values(VALUES).join(', ')} FROM (
      SELECT *, ${FIRST_LEAD_ID} + n AS id, ${pickOf(STATUSES, 'kind')} AS status,
        ${pickOf(FIRST_NAMES, bits(48))} AS first_name, ${pickOf(LAST_NAMES, bits(52))} AS last_name,
        ${pickOf(PLACES, bits(28))} AS place, made_at + age * (${bits(20)} / 512.0) AS changed_at
      FROM (
        SELECT n, hashint8extended(n, 7) AS hash, (n / ${size} + n % ${size})::integer % ${KINDS} AS kind,
          ${firstCompanyId} + greatest(0, n % ${size} - ${shape.bigLeads - 1}) AS company_id,
          $3::timestamptz - interval '3 years' * (1 - n::float8 / ${total}) AS made_at,
          interval '3 years' * (1 - n::float8 / ${total}) AS age
        FROM generate_series($1::bigint, $2::bigint - 1) AS n
      ) AS numbered
    ) AS drawn`
}

/** The newest timeline row of each lead, which is what polls for changes read; the whole history of one round in `every`. */
function insertTimelineSql(shape: Shape, every: number): string {
  const round = `(id - ${FIRST_LEAD_ID}) / ${roundSize(shape)}`
  return `INSERT INTO timeline (company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes)
    SELECT company_id, id, step,
      CASE step WHEN revision THEN modified_at ELSE created_at + (modified_at - created_at) * (step - 1) / revision END,
      CASE step WHEN 1 THEN 'lead.offered' WHEN 2 THEN 'lead.accepted' ELSE 'lead.status_changed' END,
      'renovationfind', 'token', '00000000-0000-4000-8000-000000000000', 'Measuring',
      json_build_object('status', json_build_object('old', 'NO_RESPONSE', 'new', status),
        'reason', json_build_object('old', null, 'new', reason))
    FROM lead, generate_series(CASE ${round} % ${every} WHEN 0 THEN 1 ELSE revision END, revision) AS step`
}
