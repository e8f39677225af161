import { Type } from 'typebox'
import { LEAD_EVENTS, TOLD_EVENTS } from '../../../core/lead/events.ts'
import { LEAD_SOURCES, OFFER_ACTIONS } from '../../../core/lead/lead.ts'
import { LEAD_SORTS } from '../../../core/lead/lead-filter.ts'
import {
  BOARD_STAGES,
  CONTACT_METHODS,
  ESTIMATE_TYPES,
  FIRST_STATUS,
  LOST_REASONS,
  REPORT_FIELD_NAMES,
  REPORT_STATUSES,
} from '../../../core/lead/status-rules.ts'
import {
  CalendarDate,
  Count,
  choice,
  DateOrNull,
  Flag,
  Id,
  Instant,
  InstantOrNull,
  Money,
  MoneyOrNull,
  NextCursor,
  nullable,
  Text,
  TextOrNull,
} from './parts.ts'

export const Stage = choice(BOARD_STAGES)
export const LeadStatus = choice([FIRST_STATUS, ...REPORT_STATUSES])
export const ReportStatus = choice(REPORT_STATUSES)
export const Assignee = Type.Object({ id: Id, name: Text })

export const Attachment = Type.Object({
  id: Id,
  filename: Text,
  contentType: Text,
  sizeBytes: Count,
  uploadedAt: Instant,
})

/** The customer's fields; null while the offer is not accepted. */
const CUSTOMER = {
  firstName: TextOrNull,
  middleName: TextOrNull,
  lastName: TextOrNull,
  displayName: TextOrNull,
  customerCompany: TextOrNull,
  email: TextOrNull,
  phone: TextOrNull,
  mobilePhone: TextOrNull,
  mobileProvider: TextOrNull,
  fax: TextOrNull,
  address: TextOrNull,
  city: TextOrNull,
  state: TextOrNull,
  zip: TextOrNull,
  country: TextOrNull,
  website: TextOrNull,
  summary: TextOrNull,
  experience: TextOrNull,
  contactQuality: TextOrNull,
  contactRegion: TextOrNull,
  contactDivision: TextOrNull,
  contactOffice: TextOrNull,
  contactCategory: TextOrNull,
  contactTrade: TextOrNull,
  contactFieldId: TextOrNull,
}

const SALES = {
  category: TextOrNull,
  originalDescription: TextOrNull,
  quality: nullable(Type.Integer({ minimum: 0, maximum: 100 })),
  value: MoneyOrNull,
  type: TextOrNull,
  /** The office's own word (ConstructionOnline's LEAD_STAGE); the board's stage is `boardStage`. */
  stage: TextOrNull,
  sourceLabel: TextOrNull,
  openedDate: DateOrNull,
  notes: TextOrNull,
  nextActionDate: DateOrNull,
}

/** One whole lead. Answers with it carry a strong ETag of its revision. */
export const Lead = Type.Object({
  id: Id,
  revision: Count,
  name: Text,
  ...CUSTOMER,
  ...SALES,
  projectDetailsHtml: TextOrNull,
  source: choice(LEAD_SOURCES),
  sourceReference: TextOrNull,
  action: choice(OFFER_ACTIONS),
  actionAt: InstantOrNull,
  declineReason: TextOrNull,
  viewed: Flag,
  boardStage: Stage,
  status: LeadStatus,
  statusAt: InstantOrNull,
  reason: TextOrNull,
  meetingDate: DateOrNull,
  jobAmount: MoneyOrNull,
  contactMethod: nullable(choice(CONTACT_METHODS)),
  estimateType: nullable(choice(ESTIMATE_TYPES)),
  lostReason: nullable(choice(LOST_REASONS)),
  startDate: DateOrNull,
  completionDate: DateOrNull,
  startDateTbd: nullable(Flag),
  completionDateTbd: nullable(Flag),
  actionDueAt: InstantOrNull,
  requiresAction: Flag,
  assignee: nullable(Assignee),
  attachments: Type.Array(Attachment),
  createdAt: Instant,
  modifiedAt: Instant,
  convertedAt: InstantOrNull,
  deletedAt: InstantOrNull,
})

/** `GET /v1/leads/{id}/attachments`, in the order in which they were attached. */
export const Attachments = Type.Object({ attachments: Type.Array(Attachment) })

/** Answer 412 to a write whose If-Match names another revision than the lead has. */
export const LeadConflict = Type.Object({
  type: Text,
  title: Text,
  status: Count,
  detail: Text,
  code: Text,
  /** The lead as it is. */
  current: Lead,
})

/** What a list or a board shows of a lead. */
export const LeadCard = Type.Object({
  id: Id,
  revision: Count,
  name: Text,
  customerCompany: TextOrNull,
  email: TextOrNull,
  phone: TextOrNull,
  address: TextOrNull,
  city: TextOrNull,
  state: TextOrNull,
  category: TextOrNull,
  source: choice(LEAD_SOURCES),
  sourceLabel: TextOrNull,
  action: choice(OFFER_ACTIONS),
  boardStage: Stage,
  stageSince: Instant,
  status: LeadStatus,
  amount: nullable(Money),
  quality: nullable(Type.Integer()),
  assignee: nullable(Assignee),
  meetingDate: DateOrNull,
  nextActionDate: DateOrNull,
  actionDueAt: InstantOrNull,
  requiresAction: Flag,
  attachmentCount: Count,
  createdAt: Instant,
  modifiedAt: Instant,
})

/** Query of `GET /v1/leads` and `/v1/leads.csv`. Words that may repeat are lists; absent filters nothing. */
export const LeadQuery = Type.Object({
  q: Type.Optional(Text),
  /** At most 500. */
  id: Type.Optional(Type.Array(Id)),
  boardStage: Type.Optional(Type.Array(Stage)),
  status: Type.Optional(Type.Array(LeadStatus)),
  source: Type.Optional(Type.Array(choice(LEAD_SOURCES))),
  category: Type.Optional(Type.Array(Text)),
  /** A user's id, `me`, or `none`. */
  assignee: Type.Optional(Text),
  requiresAction: Type.Optional(Flag),
  createdFrom: Type.Optional(CalendarDate),
  createdTo: Type.Optional(CalendarDate),
  deleted: Type.Optional(Flag),
  sort: Type.Optional(choice(LEAD_SORTS)),
  cursor: Type.Optional(Text),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
/**
 * A page can be short, even empty, while `nextCursor` goes on. `total` is a lower bound where `totalIsExact` is false:
 * above 10,000, and where counting would take long.
 */
export const LeadPage = Type.Object({
  leads: Type.Array(LeadCard),
  nextCursor: NextCursor,
  total: Count,
  totalIsExact: Flag,
})

export const BoardColumn = Type.Object({
  boardStage: Stage,
  count: Count,
  countIsExact: Type.Boolean({
    description: 'False when a search finds so much that `count` is what it finds at least.',
  }),
  amount: nullable({ ...Money, description: 'Null where `count` is not exact.' }),
  leads: Type.Array(LeadCard),
  nextCursor: NextCursor,
})
/** `GET /v1/board?limit=&assignee=&q=`: first page of every column, counts and sums of what `assignee` and `q` leave. */
export const Board = Type.Object({ columns: Type.Array(BoardColumn) })
/** `GET /v1/board/{boardStage}?cursor=&limit=&assignee=&q=`: one column's next page; its count and sum come with it. */
export const BoardPage = BoardColumn

const TodayList = Type.Object({
  count: Count,
  countIsExact: Type.Boolean({ description: 'False when more than `count` are due: they are counted up to 1,000.' }),
  leads: Type.Array(LeadCard),
})
/** `GET /v1/today`: at most 20 of each, with the whole count (of what is due, up to 1,000). */
export const Today = Type.Object({
  offers: TodayList,
  requiresAction: TodayList,
  nextActions: TodayList,
  newest: TodayList,
})

/** `GET /v1/leads/duplicates?email=&phone=&except=`: same e-mail address or the same last ten digits of a phone. */
export const Duplicates = Type.Object({ leads: Type.Array(LeadCard) })

/** Body of `POST /v1/leads` (all optional, but somebody must be named) and `PATCH /v1/leads/{id}` (null clears). */
export const LeadEdit = Type.Partial(
  Type.Object({ ...CUSTOMER, ...SALES, projectDetailsHtml: TextOrNull, assigneeId: nullable(Id) }),
)

/** Body of `POST /v1/leads/{id}/status`; which fields belong to which status says `GET /v1/lead-statuses`. */
export const StatusReport = Type.Object({
  status: ReportStatus,
  reason: Type.Optional(TextOrNull),
  meetingDate: Type.Optional(DateOrNull),
  jobAmount: Type.Optional(Type.Union([Money, Type.Number(), Type.Null()])),
  contactMethod: Type.Optional(nullable(choice(CONTACT_METHODS))),
  estimateType: Type.Optional(nullable(choice(ESTIMATE_TYPES))),
  lostReason: Type.Optional(nullable(choice(LOST_REASONS))),
  startDate: Type.Optional(DateOrNull),
  completionDate: Type.Optional(DateOrNull),
  startDateTbd: Type.Optional(nullable(Flag)),
  completionDateTbd: Type.Optional(nullable(Flag)),
})
/** Body of `POST /v1/leads/{id}/decline`. */
export const Decline = Type.Object({ reason: Text })
/** Body of `POST /v1/leads/assign`; `assigneeId` null takes the assignment away. Answers the leads that changed. */
export const AssignMany = Type.Object({
  ids: Type.Array(Id, { minItems: 1, maxItems: 500 }),
  assigneeId: nullable(Id),
})
export const AssignedMany = Type.Object({ changed: Count, missing: Type.Array(Id) })

const Field = choice(REPORT_FIELD_NAMES)
/** `GET /v1/lead-statuses`: the rule table itself. */
export const LeadStatuses = Type.Object({
  stages: Type.Array(Stage),
  fields: Type.Array(
    Type.Object({
      name: Field,
      kind: choice(['text', 'date', 'amount', 'flag', 'choice']),
      values: Type.Optional(Type.Array(Text)),
      lengthMax: Type.Optional(Count),
      /** Of a date: the first day it may name, and the field whose day it may not precede. */
      earliest: Type.Optional(CalendarDate),
      notBefore: Type.Optional(Field),
      /** Of an amount: it is greater than `above`, less than `below`, with at most so many decimals. */
      above: Type.Optional(Type.Number()),
      below: Type.Optional(Type.Number()),
      decimals: Type.Optional(Count),
    }),
  ),
  statuses: Type.Array(
    Type.Object({
      status: LeadStatus,
      /** False for the first status, which no report may set. */
      reportable: Flag,
      boardStage: Stage,
      outcome: choice(['open', 'won', 'lost', 'inactive']),
      final: Flag,
      required: Type.Array(Field),
      optional: Type.Array(Field),
      eitherOr: Type.Array(Type.Object({ date: Field, flag: Field })),
      requiredWhen: Type.Array(Type.Object({ field: Field, when: Field, is: Text })),
      attachmentSoftRequired: Flag,
      followUpHours: nullable(Count),
    }),
  ),
})

export const TimelineEntry = Type.Object({
  revision: Count,
  at: Instant,
  event: choice(LEAD_EVENTS),
  /** The door: renovationfind, constructiononline, native, form, cli or system. */
  face: Text,
  actor: Type.Object({ kind: choice(['user', 'token', 'apikey', 'operator', 'system']), id: Text, name: Text }),
  changes: Type.Array(Type.Object({ field: Text, old: Type.Unknown(), new: Type.Unknown() })),
})
/** `GET /v1/leads/{id}/timeline?cursor=&limit=`: newest first. */
export const Timeline = Type.Object({ entries: Type.Array(TimelineEntry), nextCursor: NextCursor })

/** Data of one server-sent event named `lead`. Its id resumes the stream by Last-Event-ID. */
export const LiveEvent = Type.Object({
  leadId: Id,
  revision: Count,
  event: choice(TOLD_EVENTS),
  boardStage: Stage,
  previousStage: nullable(Stage),
})
