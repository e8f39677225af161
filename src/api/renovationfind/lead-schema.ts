import { type TSchema, Type } from 'typebox'
import { OFFER_ACTIONS } from '../../core/lead/lead.ts'
import { CONTACT_METHODS, ESTIMATE_TYPES, LOST_REASONS } from '../../core/lead/status-rules.ts'
import { LEAD_STATUSES } from './query.ts'

export function nullable(schema: TSchema): TSchema {
  return Type.Union([schema, Type.Null()])
}

export function choice(values: readonly string[]): TSchema {
  return Type.String({ enum: values })
}

export const INSTANT = Type.String({ format: 'date-time' })
export const TEXT_OR_NULL = nullable(Type.String())
const INSTANT_OR_NULL = nullable(INSTANT)
const FLAG_OR_NULL = nullable(Type.Boolean())
export const INT64 = Type.Integer({ format: 'int64' })

const LITE_FIELDS = {
  id: INT64,
  dateCreated: INSTANT,
  dateModified: INSTANT,
  actionDate: INSTANT_OR_NULL,
  category: TEXT_OR_NULL,
  customerName: TEXT_OR_NULL,
  customerEmail: TEXT_OR_NULL,
  customerPhone: TEXT_OR_NULL,
  customerAddress: TEXT_OR_NULL,
  projectDetailsHtml: TEXT_OR_NULL,
  originalJobDescription: TEXT_OR_NULL,
  vendorNotificationViewed: Type.Boolean(),
  vendorLeadAction: choice(OFFER_ACTIONS),
  declineReason: TEXT_OR_NULL,
  postLeadStatus: choice(LEAD_STATUSES),
  postLeadRequiresAction: Type.Boolean(),
}

const STATUS_DATA = Type.Object({
  status: choice(LEAD_STATUSES),
  statusActionDate: INSTANT_OR_NULL,
  reason: TEXT_OR_NULL,
  meetupScheduledDate: INSTANT_OR_NULL,
  jobAmount: nullable(Type.Number()),
  requiresAction: Type.Boolean(),
  contactMethod: nullable(choice(CONTACT_METHODS)),
  estimateType: nullable(choice(ESTIMATE_TYPES)),
  lostReason: nullable(choice(LOST_REASONS)),
  estimatedProjectStartDate: INSTANT_OR_NULL,
  estimatedCompletionDate: INSTANT_OR_NULL,
  startDateTbd: FLAG_OR_NULL,
  completionDateTbd: FLAG_OR_NULL,
})

export const ATTACHMENT = Type.Object({
  id: INT64,
  displayFilename: Type.String({ maxLength: 200 }),
  contentType: Type.String(),
  uploadDate: INSTANT,
})

export const LITE = Type.Object(LITE_FIELDS, { description: 'Contact fields are null until the lead is accepted.' })
const DETAIL_FIELDS = {
  ...LITE_FIELDS,
  customerInformationHtml: TEXT_OR_NULL,
  postLeadStatusData: STATUS_DATA,
  attachments: Type.Array(ATTACHMENT),
}
export const DETAIL = Type.Object(DETAIL_FIELDS, { description: 'Contact fields are null until the lead is accepted.' })
export const FULL = Type.Object(
  {
    ...DETAIL_FIELDS,
    revision: Type.Integer({ description: 'Grows with each change; the ETag names it. (our choice)' }),
  },
  { description: 'With view=full.' },
)
