import fc, { type Arbitrary } from 'fast-check'

/** A body as a RenovationFind client sends it, parsed from JSON. */
export type Body = Record<string, unknown>

/** RenovationFind's name of each report field and the core's. */
export const CORE_NAMES: Readonly<Record<string, string>> = {
  status: 'status',
  reason: 'reason',
  meetingScheduledDate: 'meetingDate',
  jobAmount: 'jobAmount',
  contactMethod: 'contactMethod',
  estimateType: 'estimateType',
  lostReason: 'lostReason',
  estimatedProjectStartDate: 'startDate',
  estimatedCompletionDate: 'completionDate',
  startDateTbd: 'startDateTbd',
  completionDateTbd: 'completionDateTbd',
}

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Booked by phone', '  spaced  ', 'x'.repeat(500), '😀'.repeat(500)) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((some) => `r${some}`) },
)
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const amount = fc.oneof(
  fc.constantFrom(0.01, 0.1, 1, 40000, 12500.5, 999999999999.99),
  fc.integer({ min: 1, max: 10 ** 14 - 1 }).map((cents) => cents / 100),
)
const METHODS = fc.constantFrom('PHONE_CALL', 'TEXT', 'EMAIL', 'IN_PERSON_MEETING')
const ESTIMATES = fc.constantFrom(
  'IN_PERSON_ESTIMATE',
  'EMAILED_ESTIMATE',
  'VERBAL_ESTIMATE',
  'PORTAL_ATTACHMENT_ESTIMATE',
  'OTHER',
)
const maybeReason = fc.oneof(fc.record({ reason: text }), fc.constant({}))

const VALID_FIELD: Readonly<Record<string, Arbitrary<unknown>>> = {
  reason: text,
  meetingScheduledDate: day,
  jobAmount: amount,
  contactMethod: METHODS,
  estimateType: ESTIMATES,
  lostReason: fc.constantFrom('PRICE', 'TIMING', 'OTHER'),
  estimatedProjectStartDate: day,
  estimatedCompletionDate: day,
  startDateTbd: fc.boolean(),
  completionDateTbd: fc.boolean(),
}

/** The dates of a won lead: each there or flagged; now and then in the wrong order, or with a false flag besides. */
const plan = fc
  .tuple(
    fc.oneof(
      fc.record({ estimatedProjectStartDate: day }),
      fc.record({ estimatedProjectStartDate: day, startDateTbd: fc.constant(false) }),
      fc.constant({ startDateTbd: true }),
    ),
    fc.oneof(
      fc.record({ estimatedCompletionDate: day }),
      fc.record({ estimatedCompletionDate: day, completionDateTbd: fc.constant(false) }),
      fc.constant({ completionDateTbd: true }),
    ),
    fc.constantFrom('sorted', 'sorted', 'same', 'as drawn'),
  )
  .map(([start, completion, order]): Body => {
    const body: Body = { ...start, ...completion }
    const [first, last] = [body['estimatedProjectStartDate'], body['estimatedCompletionDate']]
    if (typeof first !== 'string' || typeof last !== 'string' || order === 'as drawn') return body
    const [earlier, later] = order === 'same' ? [first, first] : [first, last].sort()
    return { ...body, estimatedProjectStartDate: earlier, estimatedCompletionDate: later }
  })

/** The fields that go with each status when a client does it right. */
const GOOD_BODY: Readonly<Record<string, Arbitrary<Body>>> = {
  HOMEOWNER_CONTACTED: maybeReason,
  MEETUP_SCHEDULED: merge(fc.record({ meetingScheduledDate: day }), maybeReason),
  QUOTE_SENT: maybeReason,
  JOB_PENDING_DECISION: maybeReason,
  JOB_WON: merge(fc.record({ jobAmount: amount }), maybeReason),
  JOB_LOST: fc.record({ reason: text }),
  JOB_POSTPONED_OR_CANCELLED: fc.record({ reason: text }),
  NO_RESPONSE_FROM_HOMEOWNER: maybeReason,
  OTHER: fc.record({ reason: text }),
  REACHED_OUT_TO_HOMEOWNER: merge(fc.record({ contactMethod: METHODS }, { requiredKeys: [] }), maybeReason),
  MULTIPLE_ATTEMPTS_NO_RESPONSE: maybeReason,
  CONTACT_MADE: merge(fc.record({ contactMethod: METHODS }, { requiredKeys: [] }), maybeReason),
  ESTIMATE_PROVIDED: merge(fc.record({ estimateType: ESTIMATES }, { requiredKeys: [] }), maybeReason),
  LEAD_WON: merge(fc.record({ jobAmount: amount }), plan, maybeReason),
  LEAD_LOST: fc.oneof(
    merge(fc.record({ lostReason: fc.constantFrom('PRICE', 'TIMING') }), maybeReason),
    fc.record({ lostReason: fc.constant('OTHER'), reason: text }),
  ),
}

function merge(...parts: Arbitrary<Body>[]): Arbitrary<Body> {
  return fc.tuple(...parts).map((bodies) => Object.assign({}, ...bodies) as Body)
}

/** A body that a careful client sends. */
export const goodBody: Arbitrary<Body> = fc
  .constantFrom(...Object.keys(GOOD_BODY))
  .chain((status) => merge(fc.constant({ status }), GOOD_BODY[status] ?? fc.constant({})))

const ODD_VALUES: readonly unknown[] = [
  null,
  '',
  ' \t\n\u00a0\ufeff',
  0,
  -0,
  -1,
  0.001,
  12.345,
  0.1 + 0.2,
  1e-7,
  1e12,
  999999999999.999,
  1e21,
  Number.POSITIVE_INFINITY,
  '40000',
  true,
  false,
  'true',
  [],
  ['OTHER'],
  {},
  '2026-02-29',
  '2026-02-30',
  '2024-02-29',
  '1899-12-31',
  '1900-01-01',
  '9999-12-31',
  '2026-03-01T00:00:00Z',
  ' 2026-03-01',
  '15/03/2026',
  'x'.repeat(500),
  'x'.repeat(501),
  '😀'.repeat(500),
  '😀'.repeat(501),
  `  ${'x'.repeat(500)}  `,
  ` ${'x'.repeat(501)}`,
  ' '.repeat(600),
  'a\u0000b',
  '\u0000',
  'half \ud83d',
  '\ude00',
  'OTHER',
  'PRICE',
  'price',
  'EMAIL',
  'TEXT',
  'SMS',
  'EMAILED_ESTIMATE',
  'constructor',
  '__proto__',
]
const ODD_STATUSES: readonly unknown[] = [
  null,
  '',
  'NO_RESPONSE',
  'job_won',
  'Job_Won',
  ' JOB_WON',
  'JOB_WON ',
  'ACCEPTED',
  'constructor',
  'toString',
  '__proto__',
  5,
  true,
  ['JOB_WON'],
  {},
]
const ODD_KEYS = ['STATUS', 'Reason', 'meetingDate', 'meetupScheduledDate', 'startDate', 'amount', 'id', 'toString']

type Mutation = (body: Body) => Body
const fieldName = fc.constantFrom(...Object.keys(VALID_FIELD))
const mutation: Arbitrary<Mutation> = fc.oneof(
  { weight: 3, arbitrary: fieldName.chain((name) => setField(name, VALID_FIELD[name] ?? fc.constant(null))) },
  { weight: 4, arbitrary: fieldName.chain((name) => setField(name, fc.constantFrom(...ODD_VALUES))) },
  { weight: 2, arbitrary: fieldName.chain((name) => setField(name, fc.constant(null))) },
  { weight: 3, arbitrary: fc.nat({ max: 11 }).map(dropField) },
  // An odd value for a field that is there, which a random field name seldom hits.
  { weight: 5, arbitrary: fc.tuple(fc.nat({ max: 11 }), fc.constantFrom(...ODD_VALUES)).map(spoilField) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(GOOD_BODY)).map(setStatus) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_STATUSES).map(setStatus) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_KEYS).chain((name) => setField(name, fc.constant('x'))) },
)

function setField(name: string, value: Arbitrary<unknown>): Arbitrary<Mutation> {
  return value.map((some) => (body) => ({ ...body, [name]: some }))
}

function setStatus(status: unknown): Mutation {
  return (body) => ({ ...body, status })
}

function dropField(place: number): Mutation {
  return (body) => {
    const keys = Object.keys(body)
    const dropped = keys[place % keys.length]
    return Object.fromEntries(Object.entries(body).filter(([key]) => key !== dropped))
  }
}

function spoilField([place, value]: [number, unknown]): Mutation {
  return (body) => {
    const keys = Object.keys(body).filter((key) => key !== 'status')
    const name = keys[place % keys.length]
    return name === undefined ? body : { ...body, [name]: value }
  }
}

/** A body that is right, or nearly so: a good one with up to three things changed. */
export const anyBody: Arbitrary<Body> = fc
  .tuple(goodBody, fc.array(mutation, { maxLength: 3 }))
  .map(([body, mutations]) => mutations.reduce((current, mutate) => mutate(current), body))
