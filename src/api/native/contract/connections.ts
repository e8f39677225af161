import { Type } from 'typebox'
import { CONNECTION_STATES } from '../../../core/sync/connection-state.ts'
import { CONNECTION_KINDS, FIELD_RULES } from '../../../core/sync/kinds.ts'
import { Count, choice, Flag, Id, Instant, InstantOrNull, NextCursor, nullable, Text, TextOrNull } from './parts.ts'

export const ConnectionKind = choice(CONNECTION_KINDS)
/** By field, and `*` for every field without a rule of its own; without that, `ask`. */
export const FieldRules = Type.Record(Text, choice(FIELD_RULES))

/** What one look at the upstream did. Without `endedAt` it runs, or its process was killed. */
export const SyncRun = Type.Object({
  id: Id,
  startedAt: Instant,
  endedAt: InstantOrNull,
  /** Leads that were changed here, and there. */
  pulled: Count,
  pushed: Count,
  createdHere: Count,
  createdThere: Count,
  /** Opened by this run. */
  conflicts: Count,
  /** Leads that the upstream's list no longer had. */
  gone: Count,
  calls: Count,
  error: nullable(Type.Object({ code: Text, text: Text })),
})

/** An account at an upstream service. What opens it never comes back. */
export const Connection = Type.Object({
  id: Id,
  kind: ConnectionKind,
  name: Text,
  baseUrl: Text,
  /** Tells the credentials from others; empty for a user who is not an admin. */
  hint: Text,
  fieldRules: FieldRules,
  intervalSeconds: Count,
  /** Rate windows of the account, such as hour:500,day:10000, or off. */
  limits: Text,
  /** Whether leads that are made here are made there, too. */
  pushNew: Flag,
  enabled: Flag,
  state: choice(CONNECTION_STATES),
  /** Whether it is looking at the upstream right now. */
  running: Flag,
  /** When the first whole import was complete. */
  importedAt: InstantOrNull,
  /** null while paused. */
  nextRunAt: InstantOrNull,
  lastRunAt: InstantOrNull,
  lastOkAt: InstantOrNull,
  /** Runs that failed one after the other. */
  failures: Count,
  lastError: nullable(Type.Object({ code: Text, text: Text, at: Instant })),
  /** Our own count of calls; `reserve` of them are left to changes that the office makes. */
  windows: Type.Array(Type.Object({ window: Text, seconds: Count, limit: Count, reserve: Count, used: Count })),
  /** The fields that the connection moves. */
  fields: Type.Array(Text),
  /** Counted to 10,000 each; leads that are gone there are among the linked ones. */
  linkedLeads: Count,
  goneLeads: Count,
  openConflicts: Count,
  lastRun: nullable(SyncRun),
  createdAt: Instant,
})
/** `GET /v1/connections`: at most 20. */
export const Connections = Type.Object({ connections: Type.Array(Connection) })

const RenovationFindCredentials = Type.Object({ token: Text })
const ConstructionOnlineCredentials = Type.Object({ email: Text, password: Text, apiKey: Text })
export const ConnectionCredentials = Type.Union([RenovationFindCredentials, ConstructionOnlineCredentials])

const SETTINGS = {
  name: Type.Optional(Text),
  fieldRules: Type.Optional(FieldRules),
  intervalSeconds: Type.Optional(Count),
  limits: Type.Optional(Text),
  pushNew: Type.Optional(Flag),
  enabled: Type.Optional(Flag),
}
/** Body of `POST /v1/connections`; `baseUrl` is https:// with a host. What is absent gets a default of the kind. */
export const NewConnection = Type.Object({
  kind: ConnectionKind,
  baseUrl: Text,
  credentials: ConnectionCredentials,
  ...SETTINGS,
})
/** Body of `PATCH /v1/connections/{id}`: what is absent stays. Another `baseUrl` needs `credentials`. */
export const ConnectionEdit = Type.Object({
  baseUrl: Type.Optional(Text),
  credentials: Type.Optional(ConnectionCredentials),
  ...SETTINGS,
})
/** `GET /v1/connections/{id}/runs?cursor=&limit=`: of the last 30 days, newest first. */
export const SyncRuns = Type.Object({ runs: Type.Array(SyncRun), nextCursor: NextCursor })

/** Body of `POST /v1/connections/{id}/leads`: with `accept`, an offer is accepted there first. */
export const NewLink = Type.Object({ upstreamId: Text, accept: Type.Optional(Flag) })
export const AddedLink = Type.Object({ leadId: Id })

/** Where a lead is linked to. */
export const LeadLink = Type.Object({
  connectionId: Id,
  connectionName: Text,
  connectionKind: ConnectionKind,
  enabled: Flag,
  /** null while a lead that was made here is on its way there. */
  upstreamId: TextOrNull,
  /** When both sides were last found to agree. */
  agreedAt: InstantOrNull,
  seenAt: InstantOrNull,
  /** When the upstream's list no longer had it. */
  goneAt: InstantOrNull,
  /** Whether something of ours has still to be told there. */
  pending: Flag,
})
/** `GET /v1/leads/{id}/links`. */
export const LeadLinks = Type.Object({ links: Type.Array(LeadLink) })

/** A field of which both sides say different things. Values are as the connection compares them. */
export const SyncConflict = Type.Object({
  id: Id,
  leadId: Id,
  leadName: Text,
  connectionId: Id,
  connectionName: Text,
  connectionKind: ConnectionKind,
  field: Text,
  /** `refused`: one side does not take the other's value, for the reason in `detail`. */
  kind: choice(['both-changed', 'refused']),
  base: Type.Unknown(),
  ours: Type.Unknown(),
  oursAt: InstantOrNull,
  theirs: Type.Unknown(),
  theirsAt: InstantOrNull,
  detail: TextOrNull,
  openedAt: Instant,
  settledAt: InstantOrNull,
  settledBy: TextOrNull,
  choice: nullable(choice(['ours', 'theirs'])),
})
/** `GET /v1/conflicts?leadId=&state=&cursor=&limit=`, newest first. `openCount` is of all leads, 1,000 at most. */
export const SyncConflicts = Type.Object({
  conflicts: Type.Array(SyncConflict),
  nextCursor: NextCursor,
  openCount: Count,
})
/** Body of `POST /v1/conflicts/{id}/settle`. */
export const ConflictChoice = Type.Object({ choice: choice(['ours', 'theirs']) })
