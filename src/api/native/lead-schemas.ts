import { Type } from 'typebox'
import { AssignedMany, AssignMany, Decline, Lead, LeadEdit, StatusReport } from './contract/leads.ts'
import {
  ETAG_HEADER,
  KEY_HEADER,
  LEAD_PARAMS,
  operation,
  type ProblemStatus,
  problems,
  success,
  WRITE_HEADERS,
} from './describe.ts'

function lead(description: string, ...own: readonly ProblemStatus[]) {
  return { 200: success(description, Lead, ETAG_HEADER), ...problems(400, 404, ...own) }
}

export const showSchema = operation('Show a lead', 'Deleted leads included; `deletedAt` tells.', {
  params: LEAD_PARAMS,
  headers: Type.Object({ 'If-None-Match': Type.Optional(Type.String({ examples: ['"17"'] })) }),
  response: { ...lead('The lead.'), 304: Type.Null({ description: 'The lead has the revision of the given ETag.' }) },
})

export const createSchema = operation(
  'Create a lead',
  'A lead of the company’s own, accepted from the start. Somebody must be named: by a name, a company, an e-mail address or a phone number.',
  {
    headers: KEY_HEADER,
    body: LeadEdit,
    response: { 201: success('The new lead.', Lead, ETAG_HEADER), ...problems(400, 413, 415, 422) },
  },
)

export const editSchema = operation(
  'Edit a lead',
  'Only the fields sent change; null clears. While the lead is not accepted only assigneeId, nextActionDate and notes can change. After a win the value is frozen.',
  {
    params: LEAD_PARAMS,
    headers: WRITE_HEADERS,
    body: LeadEdit,
    response: lead('The lead.', 409, 412, 413, 415, 422),
  },
)

export const deleteSchema = operation(
  'Delete a lead',
  'It leaves every list and every API, and can be restored. Until then it can be read here, but not written.',
  { params: LEAD_PARAMS, headers: WRITE_HEADERS, response: lead('The deleted lead.', 412, 422) },
)

export const restoreSchema = operation('Restore a deleted lead', 'It comes back as it was.', {
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  response: lead('The lead.', 412, 422),
})

export const acceptSchema = operation('Accept a lead', 'The answer shows the customer. Takes no body.', {
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  response: lead('The accepted lead.', 409, 412, 422),
})

export const declineSchema = operation('Decline a lead', 'With a reason of at most 500 characters.', {
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  body: Decline,
  response: lead('The declined lead.', 409, 412, 413, 415, 422),
})

export const statusSchema = operation(
  'Report a status',
  'Which fields belong to which status says GET /v1/lead-statuses. Nothing can follow a win.',
  {
    params: LEAD_PARAMS,
    headers: WRITE_HEADERS,
    body: StatusReport,
    response: lead('The lead.', 409, 412, 413, 415, 422),
  },
)

export const viewedSchema = operation('Mark a lead as viewed', 'Takes no body.', {
  params: LEAD_PARAMS,
  headers: WRITE_HEADERS,
  response: lead('The lead.', 412, 422),
})

export const assignSchema = operation(
  'Assign leads',
  'Gives up to 500 leads to one active user of the company, or to nobody. Each lead is a change of its own; ids that name no lead come back as missing.',
  {
    headers: KEY_HEADER,
    body: AssignMany,
    response: { 200: success('What came of it.', AssignedMany), ...problems(400, 413, 415, 422) },
  },
)
