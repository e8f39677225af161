import type { FastifySchema } from 'fastify'
import { type TProperties, type TSchema, Type } from 'typebox'
import { OFFER_ACTIONS } from '../../core/lead/lead.ts'
import { EDITABLE_FIELDS } from '../../core/lead/properties.ts'
import { ATTACHMENT, choice, DETAIL, FULL, INSTANT, INT64, LITE, nullable, TEXT_OR_NULL } from './lead-schema.ts'
import { LEAD_STATUSES, LIMIT_DEFAULT, LIMIT_MAX, LIST_VIEWS } from './query.ts'
import { reportBodySchema } from './report-schema.ts'

/**
 * These schemas make the OpenAPI document and check nothing by themselves: values are checked by the core's tables,
 * from which the rules here are taken. "(documented)" and so on are the labels of EVIDENCE.md.
 */
const COMMON = { tags: ['RenovationFind'], security: [{ renovationFindToken: [] }] }

function success(description: string, fields: TProperties): TSchema {
  return Type.Object({ success: Type.Boolean({ const: true }), ...fields }, { description })
}

const MESSAGE = { message: Type.String() }

const ERROR_TEXTS = {
  400: 'A parameter, the body or a field of it is not right; the error names it.',
  401: 'No valid bearer token.',
  404: 'There is no such lead or attachment, or it is another company’s.',
  409: 'The lead is in a state that does not allow this.',
  412: 'The lead is no longer as If-Match names it.',
  413: 'The body or a file is too large.',
  415: 'The Content-Type, or the kind of a file, is not accepted.',
  422: 'The Idempotency-Key was used with another request.',
  429: 'The limit of the token is reached; Retry-After says for how many seconds.',
  503: 'The store cannot work at the moment; try again after Retry-After seconds.',
} as const

/** The answers of every operation that goes wrong, and those of this one. */
function errors(...own: readonly (400 | 404 | 409 | 412 | 413 | 415 | 422)[]): Record<number, TSchema> {
  const statuses = [...own, 401, 429, 503] as const
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      Type.Object(
        { success: Type.Boolean({ const: false }), error: Type.String() },
        { description: ERROR_TEXTS[status] },
      ),
    ]),
  )
}

const LEAD_PARAMS = Type.Object({ id: Type.Integer({ format: 'int64', description: 'Id of the lead.' }) })
const ATTACHMENT_PARAMS = Type.Object({
  id: Type.Integer({ format: 'int64', description: 'Id of the lead.' }),
  attachmentId: Type.Integer({ format: 'int64', description: 'Id of the attachment.' }),
})
const KEY_HEADER = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The same key with the same request gives the stored answer. (our choice)',
    }),
  ),
})

const WRITE_HEADERS = Type.Object({
  ...KEY_HEADER.properties,
  'If-Match': Type.Optional(
    Type.String({
      description: 'The ETag that the lead must still have; * for any. A repeated request is not judged. (our choice)',
    }),
  ),
})

export const statusSchema: FastifySchema = {
  ...COMMON,
  summary: 'Update job status',
  description:
    'Reports progress on an accepted lead. Nothing can follow JOB_WON or LEAD_WON; the identical report again answers 200. (documented; refusals are our choice)',
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  body: Type.Unsafe(reportBodySchema()),
  response: { 200: success('Status updated.', { data: DETAIL }), ...errors(400, 404, 409, 412, 413, 415, 422) },
}

export const acceptSchema: FastifySchema = {
  ...COMMON,
  summary: 'Accept a lead',
  description: 'Takes no body. The answer shows the contact fields. Accepting again changes nothing. (documented)',
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  response: { 200: success('The accepted lead.', { data: DETAIL }), ...errors(400, 404, 409, 412, 413, 422) },
}

export const declineSchema: FastifySchema = {
  ...COMMON,
  summary: 'Decline a lead',
  description: 'Answers a message and no data. Declining again with the same reason changes nothing. (documented)',
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  body: Type.Object(
    { reason: Type.String({ maxLength: 500, pattern: '\\S', examples: ['Outside our service area'] }) },
    { additionalProperties: false },
  ),
  response: { 200: success('Lead declined.', MESSAGE), ...errors(400, 404, 409, 412, 413, 415, 422) },
}

export const viewedSchema: FastifySchema = {
  ...COMMON,
  summary: 'Mark a lead as viewed',
  description: 'Sets vendorNotificationViewed. Takes no body. (our choice)',
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  response: { 200: success('The lead.', { data: DETAIL }), ...errors(400, 404, 412, 413, 422) },
}

export const detailSchema: FastifySchema = {
  ...COMMON,
  summary: 'Show a lead',
  description: 'The detail object by itself; reading it does not mark it as viewed. (our choice)',
  params: LEAD_PARAMS,
  response: { 200: success('The lead.', { data: DETAIL }), ...errors(400, 404) },
}

export const leadListSchema: FastifySchema = {
  ...COMMON,
  summary: 'List leads',
  description:
    'Newest first; with modifiedSince in the order of the last change, oldest first, so that changes can be walked. (our choice)',
  querystring: Type.Object({
    cursor: Type.Optional(Type.String({ description: 'nextCursor of the page before, with the same filters.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT })),
    status: Type.Optional(Type.String({ description: `One or more, parted by commas: ${LEAD_STATUSES.join(', ')}.` })),
    action: Type.Optional(choice(OFFER_ACTIONS)),
    modifiedSince: Type.Optional(
      Type.String({ description: 'A date, or a date-time with its zone.', examples: ['2026-03-01T12:00:00Z'] }),
    ),
    view: Type.Optional(choice(LIST_VIEWS)),
  }),
  response: {
    200: success('A page of leads.', { data: Type.Array(Type.Union([LITE, FULL])), nextCursor: TEXT_OR_NULL }),
    ...errors(400),
  },
}

const { firstName: NAME, phone: PHONE } = EDITABLE_FIELDS
const NAME_TEXT = { pattern: '\\S', ...('lengthMax' in NAME ? { maxLength: NAME.lengthMax } : {}) }
const PHONE_TEXT = { examples: ['5551234567'], ...('lengthMax' in PHONE ? { maxLength: PHONE.lengthMax } : {}) }
const EMAIL_TEXT = { format: 'email', maxLength: 254 }

export const referralSchema: FastifySchema = {
  ...COMMON,
  summary: 'Create a referral request',
  description:
    'A contact whose e-mail or phone the company knows already is skipped unless skipDuplicates is false. (documented; at least one of emailTo and phone is our choice)',
  headers: KEY_HEADER,
  querystring: Type.Object({ skipDuplicates: Type.Optional(Type.Boolean({ default: true })) }),
  body: Type.Object(
    {
      firstName: Type.String(NAME_TEXT),
      lastName: Type.String(NAME_TEXT),
      emailTo: Type.Optional(nullable(Type.String(EMAIL_TEXT))),
      phone: Type.Optional(nullable(Type.String(PHONE_TEXT))),
      sendGift: Type.Optional(nullable(Type.Boolean({ default: false }))),
      renewal: Type.Optional(nullable(Type.Boolean({ default: false }))),
    },
    { additionalProperties: false, anyOf: [{ required: ['emailTo'] }, { required: ['phone'] }] },
  ),
  response: {
    200: success('A duplicate was skipped.', MESSAGE),
    201: success('The referral request.', {
      data: Type.Object({
        id: INT64,
        dateCreated: INSTANT,
        firstName: Type.String(),
        lastName: Type.String(),
        emailTo: TEXT_OR_NULL,
        phone: TEXT_OR_NULL,
        sendGift: Type.Boolean(),
        renewal: Type.Boolean(),
      }),
    }),
    ...errors(400, 413, 415, 422),
  },
}

export const attachmentsUploadSchema: FastifySchema = {
  ...COMMON,
  summary: 'Attach files to a lead',
  description:
    'One to ten files in the field file. The type is decided by the content; programs are refused. A lead must be accepted and holds at most 50 files. (our choice)',
  consumes: ['multipart/form-data'],
  params: LEAD_PARAMS,
  headers: KEY_HEADER,
  body: Type.Object({
    file: Type.Array(Type.String({ format: 'binary' }), { minItems: 1, maxItems: 10 }),
  }),
  response: {
    201: success('The new attachments.', { data: Type.Array(ATTACHMENT) }),
    ...errors(400, 404, 409, 413, 415, 422),
  },
}

export const attachmentsListSchema: FastifySchema = {
  ...COMMON,
  summary: 'List the attachments of a lead',
  description: 'In the order in which they were attached. (our choice)',
  params: LEAD_PARAMS,
  response: { 200: success('The attachments.', { data: Type.Array(ATTACHMENT) }), ...errors(400, 404) },
}

export const attachmentDownloadSchema: FastifySchema = {
  ...COMMON,
  summary: 'Download an attachment',
  description:
    'Always as a download, never to be shown in place. Answers 304 to a matching If-None-Match. (our choice)',
  params: ATTACHMENT_PARAMS,
  response: {
    200: {
      description: 'The file.',
      content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
    },
    304: Type.Null({ description: 'The file is still the one of the given ETag.' }),
    ...errors(400, 404),
  },
}

export const attachmentDeleteSchema: FastifySchema = {
  ...COMMON,
  summary: 'Delete an attachment',
  description: 'The file is gone at once. (our choice)',
  params: ATTACHMENT_PARAMS,
  headers: KEY_HEADER,
  response: { 200: success('Attachment deleted.', MESSAGE), ...errors(400, 404, 413, 422) },
}
