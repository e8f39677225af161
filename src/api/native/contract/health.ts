import { Type } from 'typebox'
import { CONNECTION_STATES } from '../../../core/sync/connection-state.ts'
import { Count, choice, Flag, Id, Instant, InstantOrNull, nullable, Text } from './parts.ts'

/** `GET /v1/health`: how everything that follows the leads of the company is doing. */
export const DeskHealth = Type.Object({
  /** Changes of which lists and the outside are not told yet, among the oldest 20,000 of the installation. */
  outbox: Type.Object({ waiting: Count, oldestSeconds: Type.Number({ minimum: 0 }) }),
  /** All endpoints together; what waits is that of those in force, calls are those of the last hour. */
  webhooks: Type.Object({
    endpoints: Count,
    disabled: Count,
    /** Those of them that nobody of the company switched off. */
    switchedOff: Type.Array(Type.Object({ id: Id, url: Text, reason: choice(['gone', 'failing']) })),
    waiting: Count,
    /** False when more wait than were counted. */
    waitingIsExact: Flag,
    oldestAt: InstantOrNull,
    delivered: Count,
    failed: Count,
    deliveredPerMinute: Type.Number({ minimum: 0 }),
    /** The endpoints with failed calls in the last hour, the most first. */
    failing: Type.Array(Type.Object({ id: Id, url: Text, failed: Count })),
  }),
  connections: Type.Array(
    Type.Object({
      id: Id,
      name: Text,
      state: choice(CONNECTION_STATES),
      lastOkAt: InstantOrNull,
      openConflicts: Count,
      lastError: nullable(Type.Object({ code: Text, text: Text, at: Instant })),
    }),
  ),
  /** Mails of mornings in the last 24 hours; `open` are those that are on their way, or to be tried again. */
  digests: Type.Object({ sent: Count, nothing: Count, failed: Count, open: Count }),
})
