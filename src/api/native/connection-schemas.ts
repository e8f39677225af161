import { Type } from 'typebox'
import {
  AddedLink,
  ConflictChoice,
  Connection,
  ConnectionEdit,
  Connections,
  LeadLinks,
  NewConnection,
  NewLink,
  SyncConflict,
  SyncConflicts,
  SyncRuns,
} from './contract/connections.ts'
import { LEAD_PARAMS, operation, problem, problems, success } from './describe.ts'

const TAG_HEADER = { ETag: Type.String({ description: 'Of what is set, but for the credentials.' }) }
const IF_MATCH = Type.Optional(Type.String({ description: 'The ETag of the connection as the client knows it, or *.' }))
const PARAMS = Type.Object({ id: Type.Integer({ description: 'Id of the connection.' }) })
const CONFLICT_PARAMS = Type.Object({ id: Type.Integer({ description: 'Id of the conflict.' }) })
const CURSOR = Type.Optional(Type.String({ description: 'nextCursor of the page before.' }))
const LIMIT = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 }))

export const connectionsSchema = operation('List the connections', 'Accounts at upstream services, oldest first.', {
  response: { 200: success('The connections.', Connections), ...problems(403) },
})
export const showSchema = operation('Show a connection', 'How it is doing, and what it last did.', {
  params: PARAMS,
  response: { 200: success('The connection.', Connection, TAG_HEADER), ...problems(400, 403, 404) },
})
export const addSchema = operation(
  'Add a connection',
  'The account is looked at from then on. What opens it is kept encrypted and never comes back.',
  {
    body: NewConnection,
    response: { 201: success('The connection.', Connection), ...problems(400, 403, 409, 413, 415) },
  },
)
export const editSchema = operation(
  'Change a connection',
  'Only what is sent changes. Credentials are sent whole or not at all; another address needs them anew. With If-Match, only a connection whose settings are still as the client knows them.',
  {
    params: PARAMS,
    headers: Type.Object({ 'If-Match': IF_MATCH }),
    body: ConnectionEdit,
    response: {
      200: success('The connection.', Connection, TAG_HEADER),
      ...problems(400, 403, 404, 413, 415),
      412: problem('The connection has other settings than If-Match names.'),
    },
  },
)
export const removeSchema = operation(
  'Remove a connection',
  'With its links, conflicts and history. Leads stay as they are, here and there.',
  { params: PARAMS, response: { 204: Type.Null({ description: 'Removed.' }), ...problems(400, 403, 404) } },
)
export const runSchema = operation(
  'Look at the upstream now',
  'Within seconds, however the last look failed; not before the end of a pause that the upstream asked for.',
  { params: PARAMS, response: { 200: success('The connection.', Connection), ...problems(400, 403, 404, 409) } },
)
export const runsSchema = operation('List what a connection did', 'Of the last 30 days, newest first.', {
  params: PARAMS,
  querystring: Type.Object({ cursor: CURSOR, limit: LIMIT }),
  response: { 200: success('A page of runs.', SyncRuns), ...problems(400, 403, 404) },
})
export const linkSchema = operation(
  'Bring a lead in by its upstream id',
  'Reads it there, accepting the offer first where that is wished, and links it. A lead that is linked already is given again.',
  {
    params: PARAMS,
    body: NewLink,
    response: { 201: success('The lead here.', AddedLink), ...problems(400, 403, 404, 409, 413, 415) },
  },
)
export const linksSchema = operation('Show where a lead is linked to', 'One link a connection at most.', {
  params: LEAD_PARAMS,
  response: { 200: success('The links.', LeadLinks), ...problems(400, 403, 404) },
})
export const conflictsSchema = operation(
  'List conflicts',
  'Fields that a lead and its upstream account say differently, newest first.',
  {
    querystring: Type.Object({
      leadId: Type.Optional(Type.Integer({ description: 'Of one lead.' })),
      state: Type.Optional(Type.String({ enum: ['open', 'settled'], default: 'open' })),
      cursor: CURSOR,
      limit: LIMIT,
    }),
    response: { 200: success('A page of conflicts.', SyncConflicts), ...problems(400, 403) },
  },
)
export const settleSchema = operation(
  'Settle a conflict',
  'The chosen side stands; the other one follows within seconds.',
  {
    params: CONFLICT_PARAMS,
    body: ConflictChoice,
    response: { 200: success('The conflict, settled.', SyncConflict), ...problems(400, 403, 404, 409, 413, 415) },
  },
)
