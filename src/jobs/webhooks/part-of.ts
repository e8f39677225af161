import { type RetrySchedule, retryDelayMs } from '../../core/webhooks/retry-schedule.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { DeliveryRow, HeldRow, LoggedAttempt } from '../../store/webhooks/queue.ts'
import type { CallResult } from './call-endpoint.ts'
import type { QueuedMessage } from './lead-lines.ts'
import type { Part } from './settler.ts'

export type { Part }

export interface Ended {
  readonly key: EndpointKey
  readonly queued: QueuedMessage
  /** null when there was nothing to be told any more. */
  readonly result: CallResult | null
  readonly schedule: RetrySchedule
  /** From 0 to 1. */
  readonly random: number
}

/**
 * What one call means for the queue and the log: a message that was delivered or failed for the last time is done, one
 * that failed is held until its next attempt. One that was answered 410 stays at the head of its lead, for the case that
 * the office enables the endpoint again.
 */
export function partOf({ key, queued, result, schedule, random }: Ended): Part {
  const { row } = queued
  const rowKey = { ...key, leadId: row.leadId, id: row.id }
  const done: Part = { done: [rowKey], freed: row.waiting ? [{ ...key, leadId: row.leadId }] : [] }
  if (result === null) return done
  if (result.outcome === 'delivered') return { ...done, attempts: [logged(queued, key, result, 'delivered', null)] }
  const attempt = row.attempts + 1
  if (result.outcome === 'gone') {
    return {
      held: [{ ...rowKey, attempts: row.attempts, retryInMs: 0 }],
      attempts: [logged(queued, key, result, 'gone', null)],
    }
  }
  const retryInMs = retryDelayMs(schedule, { attempt, retryAfterSeconds: result.retryAfterSeconds, random })
  if (retryInMs === null) return { ...done, attempts: [logged(queued, key, result, 'given-up', null)] }
  return {
    held: [{ ...rowKey, attempts: attempt, retryInMs }],
    attempts: [logged(queued, key, result, 'failed', retryInMs)],
  }
}

/** Messages of a lead that wait behind one that has failed. */
export function heldBehind(key: EndpointKey, rows: readonly DeliveryRow[]): HeldRow[] {
  return rows.map(({ id, leadId }) => ({ ...key, id, leadId, attempts: 0, retryInMs: null }))
}

function logged(
  { row, message }: QueuedMessage,
  key: EndpointKey,
  { at, status, answer, error, milliseconds }: CallResult,
  outcome: LoggedAttempt['outcome'],
  retryInMs: number | null,
): LoggedAttempt {
  return {
    ...key,
    id: row.id,
    leadId: row.leadId,
    revision: row.revision,
    event: row.event,
    eventAt: row.at,
    messageId: message?.id ?? '',
    attempt: row.attempts + 1,
    outcome,
    at,
    status,
    answer,
    error,
    milliseconds,
    retryInMs,
  }
}
