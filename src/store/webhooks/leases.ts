import type { DisabledReason } from '../../core/webhooks/events.ts'
import { plainArray, textArray } from '../../lib/pg-array.ts'
import type { NamedStatement } from '../lead-writer/statements.ts'
import type { EndpointKey } from './endpoints.ts'

/*
 * Which process sends to which endpoint. One at a time: so the order of a lead's messages, the sending limit and the
 * pace of an endpoint need no more than that process's memory.
 */

/** So long a process may be silent before another takes its endpoints over. */
export const LEASE_MS = 10_000

/**
 * Takes endpoints that nobody sends to and that have something to be sent, the one let go longest ago first; of some
 * companies only, where they are named.
 * Columns: company_id, id.
 */
export function claimEndpoints(owner: string, companyIds: readonly number[] | null, limit: number): NamedStatement {
  return {
    name: 'webhook-claim',
    text: `UPDATE webhook_endpoint AS endpoint SET owner = $1, owned_until = now() + ${LEASE_MS} * interval '1 millisecond'
      FROM (
        SELECT company_id, id FROM webhook_endpoint AS free
        WHERE disabled_at IS NULL AND (owned_until IS NULL OR owned_until < now())
          AND ($2::bigint[] IS NULL OR company_id = ANY ($2))
          AND coalesce(
            (SELECT true FROM webhook_delivery AS one
              WHERE one.company_id = free.company_id AND one.endpoint_id = free.id AND NOT one.waiting LIMIT 1),
            (SELECT true FROM webhook_delivery AS one
              WHERE one.company_id = free.company_id AND one.endpoint_id = free.id AND one.next_at <= now() LIMIT 1),
            false)
        ORDER BY owned_until NULLS FIRST LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED) AS free
      WHERE endpoint.company_id = free.company_id AND endpoint.id = free.id
      RETURNING endpoint.company_id, endpoint.id`,
    values: [owner, companyIds === null ? null : plainArray(companyIds), limit],
  }
}

function keyArrays(keys: readonly EndpointKey[]): string[] {
  return [plainArray(keys.map(({ companyId }) => companyId)), plainArray(keys.map(({ endpointId }) => endpointId))]
}

/** Columns: the keys of those that are still the owner's. */
export function renewLeases(owner: string, keys: readonly EndpointKey[]): NamedStatement {
  return {
    name: 'webhook-renew',
    text: `UPDATE webhook_endpoint AS endpoint SET owned_until = now() + ${LEASE_MS} * interval '1 millisecond'
      FROM unnest($2::bigint[], $3::bigint[]) AS key (company_id, id)
      WHERE endpoint.company_id = key.company_id AND endpoint.id = key.id AND owner = $1
      RETURNING endpoint.company_id, endpoint.id`,
    values: [owner, ...keyArrays(keys)],
  }
}

/** Lets endpoints go; all of the owner's when none are named. */
export function releaseLeases(owner: string, keys: readonly EndpointKey[] | null): NamedStatement {
  return {
    name: 'webhook-release',
    text: `UPDATE webhook_endpoint AS endpoint SET owner = NULL, owned_until = now()
      WHERE owner = $1 AND ($2::bigint[] IS NULL
        OR (company_id, id) IN (SELECT * FROM unnest($2::bigint[], $3::bigint[])))`,
    values: [owner, ...(keys === null ? [null, null] : keyArrays(keys))],
  }
}

/** Those of the endpoints that are the owner's, whom nobody can take them from until the transaction ends. */
export function lockOwned(owner: string, keys: readonly EndpointKey[]): NamedStatement {
  return {
    name: 'webhook-lock-owned',
    text: `SELECT company_id, id FROM webhook_endpoint AS endpoint
      WHERE owner = $1 AND (company_id, id) IN (SELECT * FROM unnest($2::bigint[], $3::bigint[]))
      ORDER BY company_id, id FOR NO KEY UPDATE`,
    values: [owner, ...keyArrays(keys)],
  }
}

/** How an endpoint is to be spoken to. No row while it is disabled, or another's. */
export function readOwned({ companyId, endpointId }: EndpointKey, owner: string): NamedStatement {
  return {
    name: 'webhook-read-owned',
    text: `SELECT url, per_second, failing_since FROM webhook_endpoint
      WHERE company_id = $1 AND id = $2 AND owner = $3 AND disabled_at IS NULL`,
    values: [companyId, endpointId, owner],
  }
}

/** The secrets that live. Columns: id, sealed. */
export function readSecrets({ companyId, endpointId }: EndpointKey): NamedStatement {
  return {
    name: 'webhook-read-secrets',
    text: `SELECT id, sealed FROM webhook_secret
      WHERE company_id = $1 AND endpoint_id = $2 AND (expires_at IS NULL OR expires_at > now()) ORDER BY id DESC`,
    values: [companyId, endpointId],
  }
}

export interface HealthChange extends EndpointKey {
  /** ISO instant since which every call fails; null when one went well. */
  readonly failingSince: string | null
  readonly disabledReason: DisabledReason | null
}

/** Keeps how calls go, and disables. Columns: the keys of those that came to be disabled by this, and why. */
export function saveHealth(changes: readonly HealthChange[]): NamedStatement {
  return {
    name: 'webhook-save-health',
    text: `UPDATE webhook_endpoint AS endpoint SET failing_since = now.failing_since, disabled_reason = now.reason,
        disabled_at = CASE WHEN now.reason IS NOT NULL THEN now() END,
        version = version + CASE WHEN now.reason IS NOT NULL THEN 1 ELSE 0 END
      FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[]) AS now (company_id, id, failing_since, reason)
      WHERE endpoint.company_id = now.company_id AND endpoint.id = now.id AND endpoint.disabled_at IS NULL
      RETURNING endpoint.company_id, endpoint.id, endpoint.disabled_reason`,
    values: [
      ...keyArrays(changes),
      plainArray(changes.map(({ failingSince }) => failingSince)),
      textArray(changes.map(({ disabledReason }) => disabledReason)),
    ],
  }
}
