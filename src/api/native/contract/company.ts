import { Type } from 'typebox'
import { REPORT_STATUSES } from '../../../core/lead/status-rules.ts'
import { Count, choice, Flag, Id, Instant, nullable, Text } from './parts.ts'

const HOURS = nullable(Type.Integer({ minimum: 1, maximum: 8760 }))

export const PublicForm = Type.Object({
  enabled: Flag,
  /** Part of the form's address, /forms/{slug}; made by the server, and renewed on wish. */
  slug: Text,
  title: Text,
  intro: Text,
  thanks: Text,
  categories: Type.Array(Text),
  /** Whether the admins get a mail of each lead that comes through it, where a mail server is set. */
  notify: Flag,
})

/** `GET /v1/company`; `PATCH /v1/company` (admins) takes any part but `id`, each list as a whole. */
export const Company = Type.Object({
  id: Id,
  name: Text,
  /** ISO 4217, how the portal shows money. */
  currency: Text,
  /** IANA name, such as America/Toronto. */
  timeZone: Text,
  /** Hours until an offer that was not answered requires action; 0: at once; null: never. */
  offerAnswerHours: nullable(Type.Integer({ minimum: 0, maximum: 8760 })),
  /** Hours by status; null: never. Every status but final ones is present. */
  followUpHours: Type.Object(
    Object.fromEntries(['NO_RESPONSE', ...REPORT_STATUSES].map((status) => [status, Type.Optional(HOURS)])),
  ),
  /** Words that the lead form offers. */
  categories: Type.Array(Text),
  types: Type.Array(Text),
  stages: Type.Array(Text),
  sources: Type.Array(Text),
  form: PublicForm,
})

/** Body of `PATCH /v1/company`: any part; of followUpHours and form, too. */
export const CompanyEdit = Type.Partial(
  Type.Object({
    ...Type.Omit(Company, ['id', 'form']).properties,
    form: Type.Partial(Type.Omit(PublicForm, ['slug'])),
  }),
)

/** A list's filters under a name, of one user; `query` is the address's query part. */
export const SavedView = Type.Object({ id: Id, name: Text, query: Text })
export const SavedViews = Type.Object({ views: Type.Array(SavedView) })
export const NewSavedView = Type.Object({ name: Text, query: Text })

/** `GET /v1/operator/companies?q=&cursor=`, operators only. */
export const OperatorCompany = Type.Object({ id: Id, name: Text, createdAt: Instant, users: Count, leads: Count })
export const OperatorCompanies = Type.Object({ companies: Type.Array(OperatorCompany), nextCursor: nullable(Text) })
/** Body of `POST /v1/operator/companies`; answers AddedCompany, its secrets this once. */
export const NewCompany = Type.Object({ name: Text, email: Text, password: Text })
export const AddedCompany = Type.Object({ id: Id, name: Text, email: Text, token: Text, apiKey: Text })
/** Body of `POST /v1/operator/offers`: a company and a lead's fields as in LeadEdit; answers the lead's id. */
export const NewOffer = Type.Object({ companyId: Id, lead: Type.Record(Text, Type.Unknown()) })
export const AddedOffer = Type.Object({ id: Id })

/** `GET /v1/statistics?from=&to=&assignee=`; both dates inclusive, in the company's time zone, of the lead's creation. */
const Bucket = { count: Count, won: Count, lost: Count, open: Count, wonAmount: Text, lostAmount: Text }
/** The 200 largest; the empty key is of leads without one. */
const Breakdown = Type.Array(Type.Object({ key: Text, ...Bucket, winRate: nullable(Type.Number()) }))
export const Statistics = Type.Object({
  from: Text,
  to: Text,
  totals: Type.Object({ ...Bucket, winRate: nullable(Type.Number()), averageWon: nullable(Text) }),
  /** How many leads are at a stage now, and how many ever reached it. */
  funnel: Type.Array(Type.Object({ boardStage: Text, count: Count, reached: Count, amount: Text })),
  wonByMonth: Type.Array(Type.Object({ month: Text, count: Count, amount: Text })),
  bySource: Breakdown,
  /** By the office's own names of sources. */
  bySourceLabel: Breakdown,
  byCategory: Breakdown,
  lostReasons: Type.Array(
    Type.Object({ reason: nullable(choice(['PRICE', 'TIMING', 'OTHER'])), count: Count, amount: Text }),
  ),
  /** Hours from a lead's coming to its first report, and how many leads stand in each band. */
  firstContact: Type.Object({
    medianHours: nullable(Type.Number()),
    p90Hours: nullable(Type.Number()),
    bands: Type.Array(Type.Object({ label: Text, count: Count })),
    without: Count,
  }),
  /** Hours that leads stayed in each stage before they left it. */
  timePerStage: Type.Array(
    Type.Object({
      boardStage: Text,
      visits: Count,
      medianHours: nullable(Type.Number()),
      p90Hours: nullable(Type.Number()),
    }),
  ),
})

/** Any refusal, as application/problem+json. `errors` names each field at fault where there are several. */
export const Problem = Type.Object({
  type: Text,
  title: Text,
  status: Count,
  detail: Text,
  code: Text,
  field: Type.Optional(Text),
  retryAfterSeconds: Type.Optional(Count),
})
