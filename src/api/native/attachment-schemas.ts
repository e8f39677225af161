import { Type } from 'typebox'
import { Attachments, Lead } from './contract/leads.ts'
import { ATTACHMENT_PARAMS, ETAG_HEADER, LEAD_PARAMS, operation, problems, success, WRITE_HEADERS } from './describe.ts'

export const listSchema = operation('List the attachments of a lead', 'In the order in which they were attached.', {
  params: LEAD_PARAMS,
  response: { 200: success('The attachments.', Attachments, ETAG_HEADER), ...problems(400, 404) },
})

export const uploadSchema = operation(
  'Attach files to a lead',
  'One to ten files in the field file. The type is decided by the content; programs are refused. A lead must be accepted and holds at most 50 files.',
  {
    consumes: ['multipart/form-data'],
    params: LEAD_PARAMS,
    headers: WRITE_HEADERS,
    body: Type.Object({ file: Type.Array(Type.String({ format: 'binary' }), { minItems: 1, maxItems: 10 }) }),
    response: {
      201: success('The lead with the new attachments last.', Lead, ETAG_HEADER),
      ...problems(400, 404, 409, 412, 413, 415, 422),
    },
  },
)

export const downloadSchema = operation(
  'Download an attachment',
  'With inline=1 a picture (PNG, JPEG, GIF, WebP, AVIF) or a PDF comes to be shown in place; everything else is always a download.',
  {
    params: ATTACHMENT_PARAMS,
    querystring: Type.Object({ inline: Type.Optional(Type.String({ enum: ['0', '1'] })) }),
    headers: Type.Object({ 'If-None-Match': Type.Optional(Type.String()) }),
    response: {
      200: {
        description: 'The file.',
        content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
      },
      304: Type.Null({ description: 'The file is still the one of the given ETag.' }),
      ...problems(400, 404),
    },
  },
)

export const deleteSchema = operation('Delete an attachment', 'The file is gone at once.', {
  params: ATTACHMENT_PARAMS,
  headers: WRITE_HEADERS,
  response: { 200: success('The lead without it.', Lead, ETAG_HEADER), ...problems(400, 404, 412, 422) },
})
