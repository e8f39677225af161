import { EARLIEST_DATE } from '../../lib/calendar.ts'
import { MONEY_DECIMALS, MONEY_LIMIT } from '../../lib/decimal.ts'

/**
 * The status rules as data: the one table behind the validator, the JSON Schema in OpenAPI, the portal's form and the
 * documents. Statuses, required fields and finality are documented by RenovationFind (*Update job status*); stages,
 * follow-up times and what ConstructionOnline sees are our choice.
 */
export const CONTACT_METHODS = ['PHONE_CALL', 'TEXT', 'EMAIL', 'IN_PERSON_MEETING'] as const
export const ESTIMATE_TYPES = [
  'IN_PERSON_ESTIMATE',
  'EMAILED_ESTIMATE',
  'VERBAL_ESTIMATE',
  'PORTAL_ATTACHMENT_ESTIMATE',
  'OTHER',
] as const
export const LOST_REASONS = ['PRICE', 'TIMING', 'OTHER'] as const

export type ContactMethod = (typeof CONTACT_METHODS)[number]
export type EstimateType = (typeof ESTIMATE_TYPES)[number]
export type LostReason = (typeof LOST_REASONS)[number]

export const REPORT_STATUSES = [
  'HOMEOWNER_CONTACTED',
  'MEETUP_SCHEDULED',
  'QUOTE_SENT',
  'JOB_PENDING_DECISION',
  'JOB_WON',
  'JOB_LOST',
  'JOB_POSTPONED_OR_CANCELLED',
  'NO_RESPONSE_FROM_HOMEOWNER',
  'OTHER',
  'REACHED_OUT_TO_HOMEOWNER',
  'MULTIPLE_ATTEMPTS_NO_RESPONSE',
  'CONTACT_MADE',
  'ESTIMATE_PROVIDED',
  'LEAD_WON',
  'LEAD_LOST',
] as const

/** A status that can be reported. */
export type ReportStatus = (typeof REPORT_STATUSES)[number]
/** A status that a lead can have: `NO_RESPONSE` is the first one and is never accepted as input. */
export type LeadStatus = ReportStatus | 'NO_RESPONSE'
export const FIRST_STATUS = 'NO_RESPONSE'

export type Outcome = 'open' | 'won' | 'lost' | 'inactive'
export type OpenStatus = Exclude<
  LeadStatus,
  'JOB_WON' | 'LEAD_WON' | 'JOB_LOST' | 'LEAD_LOST' | 'JOB_POSTPONED_OR_CANCELLED'
>

export const BOARD_STAGES = [
  'Offered',
  'New',
  'Contacting',
  'In conversation',
  'Estimate',
  'Won',
  'Lost',
  'On hold',
  'Declined',
] as const
export type BoardStage = (typeof BOARD_STAGES)[number]

/** The fields of a report besides `status`, in the order of the seed, each with its kind. */
export const REPORT_FIELDS = {
  reason: { kind: 'text', lengthMax: 500 },
  meetingDate: { kind: 'date', earliest: EARLIEST_DATE },
  jobAmount: { kind: 'amount', above: 0, below: MONEY_LIMIT, decimals: MONEY_DECIMALS },
  contactMethod: { kind: 'choice', values: CONTACT_METHODS },
  estimateType: { kind: 'choice', values: ESTIMATE_TYPES },
  lostReason: { kind: 'choice', values: LOST_REASONS },
  startDate: { kind: 'date', earliest: EARLIEST_DATE },
  completionDate: { kind: 'date', earliest: EARLIEST_DATE, notBefore: 'startDate' },
  startDateTbd: { kind: 'flag' },
  completionDateTbd: { kind: 'flag' },
} as const satisfies Record<string, ReportFieldRule>

/** A field that a date can be compared with. */
type DateField = 'meetingDate' | 'startDate' | 'completionDate'

export type ReportFieldRule =
  | { readonly kind: 'text'; readonly lengthMax: number }
  | { readonly kind: 'date'; readonly earliest: string; readonly notBefore?: DateField }
  | { readonly kind: 'amount'; readonly above: number; readonly below: number; readonly decimals: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }

export type ReportField = keyof typeof REPORT_FIELDS
export const REPORT_FIELD_NAMES = Object.keys(REPORT_FIELDS) as readonly ReportField[]

export interface StatusRule {
  readonly stage: BoardStage
  readonly outcome: Outcome
  /** True when no other status may follow. */
  readonly final: boolean
  readonly required: readonly ReportField[]
  readonly optional: readonly ReportField[]
  /** Pairs of which exactly one is given: a date, or its to-be-determined flag set to true. */
  readonly eitherOr: readonly (readonly [date: ReportField, flag: ReportField])[]
  /** A field that becomes required by another one's value. */
  readonly requiredWhen: readonly { readonly field: ReportField; readonly when: ReportField; readonly is: string }[]
  /** The report succeeds without an attachment, but the lead goes on requiring action until one is there. */
  readonly attachmentSoftRequired: boolean
  /** Hours without a further report after which the lead requires action; null: never. */
  readonly followUpHours: number | null
}

const DAY_HOURS = 24

function rule(stage: BoardStage, outcome: Outcome, parts: Partial<StatusRule>): StatusRule {
  return {
    stage,
    outcome,
    final: false,
    required: [],
    optional: [],
    eitherOr: [],
    requiredWhen: [],
    attachmentSoftRequired: false,
    followUpHours: null,
    ...parts,
  }
}

const REASON_ALLOWED = ['reason'] as const

export const STATUS_RULES: { readonly [S in LeadStatus]: StatusRule } = {
  NO_RESPONSE: rule('New', 'open', { followUpHours: DAY_HOURS }),
  HOMEOWNER_CONTACTED: rule('Contacting', 'open', { optional: REASON_ALLOWED, followUpHours: 3 * DAY_HOURS }),
  MEETUP_SCHEDULED: rule('In conversation', 'open', {
    required: ['meetingDate'],
    optional: REASON_ALLOWED,
    followUpHours: 7 * DAY_HOURS,
  }),
  QUOTE_SENT: rule('Estimate', 'open', { optional: REASON_ALLOWED, followUpHours: 7 * DAY_HOURS }),
  JOB_PENDING_DECISION: rule('Estimate', 'open', { optional: REASON_ALLOWED, followUpHours: 14 * DAY_HOURS }),
  JOB_WON: rule('Won', 'won', { final: true, required: ['jobAmount'], optional: REASON_ALLOWED }),
  JOB_LOST: rule('Lost', 'lost', { required: ['reason'] }),
  JOB_POSTPONED_OR_CANCELLED: rule('On hold', 'inactive', { required: ['reason'], followUpHours: 60 * DAY_HOURS }),
  NO_RESPONSE_FROM_HOMEOWNER: rule('Contacting', 'open', { optional: REASON_ALLOWED, followUpHours: 3 * DAY_HOURS }),
  OTHER: rule('Contacting', 'open', { required: ['reason'], followUpHours: 7 * DAY_HOURS }),
  REACHED_OUT_TO_HOMEOWNER: rule('Contacting', 'open', {
    optional: ['contactMethod', 'reason'],
    followUpHours: 3 * DAY_HOURS,
  }),
  MULTIPLE_ATTEMPTS_NO_RESPONSE: rule('Contacting', 'open', { optional: REASON_ALLOWED, followUpHours: 7 * DAY_HOURS }),
  CONTACT_MADE: rule('In conversation', 'open', {
    optional: ['contactMethod', 'reason'],
    followUpHours: 7 * DAY_HOURS,
  }),
  ESTIMATE_PROVIDED: rule('Estimate', 'open', {
    optional: ['estimateType', 'reason'],
    followUpHours: 14 * DAY_HOURS,
  }),
  LEAD_WON: rule('Won', 'won', {
    final: true,
    required: ['jobAmount'],
    optional: REASON_ALLOWED,
    eitherOr: [
      ['startDate', 'startDateTbd'],
      ['completionDate', 'completionDateTbd'],
    ],
    attachmentSoftRequired: true,
  }),
  LEAD_LOST: rule('Lost', 'lost', {
    required: ['lostReason'],
    optional: REASON_ALLOWED,
    requiredWhen: [{ field: 'reason', when: 'lostReason', is: 'OTHER' }],
  }),
}

const ALLOWED: ReadonlyMap<string, readonly ReportField[]> = new Map(
  Object.entries(STATUS_RULES).map(([status, { required, optional, eitherOr }]) => [
    status,
    [...required, ...optional, ...eitherOr.flat()],
  ]),
)

/** Every field that a report of this status may carry. */
export function allowedFields(status: LeadStatus): readonly ReportField[] {
  return ALLOWED.get(status) ?? []
}

export function isReportStatus(value: unknown): value is ReportStatus {
  return (REPORT_STATUSES as readonly unknown[]).includes(value)
}
