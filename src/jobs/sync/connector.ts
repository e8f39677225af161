import type { Details, SyncFields } from '../../core/sync/shape.ts'

/** Why an upstream could not be made use of: the machine's word, the sentence for people goes with it. */
export const AWAY_CAUSES = [
  'address-refused',
  'unreachable',
  'timeout',
  'cut',
  'server-error',
  'redirect',
  'wrong-type',
  'not-json',
  'not-understood',
  'too-large',
  // Nothing of the upstream: something here.
  'own',
] as const
export type AwayCause = (typeof AWAY_CAUSES)[number]

/** Every way in which a call does not succeed. `text` is one sentence, safe to be shown: never a credential in it. */
export type CallFault =
  /**
   * 400, 409, 422 and the like: the upstream understood and says no; its own words. Nothing to be retried. `theirs` is
   * what stands there, where that could be found out, and `details` what else is shown of it. `answer` is the answer's
   * JSON where it is an object.
   */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly text: string
      readonly theirs?: SyncFields
      readonly details?: LinkedLead['details']
      readonly revision?: number | null
      readonly answer?: Readonly<Record<string, unknown>>
    }
  /** 404: what was named is not there. */
  | { readonly kind: 'missing'; readonly text: string }
  /** 412: the lead is not as it was when it was read last. */
  | { readonly kind: 'stale'; readonly text: string }
  /** 401, 403. */
  | { readonly kind: 'unauthorised'; readonly text: string }
  /** 429; or our own count says that this call would be one too many, or it rests: then it was not asked (`own`). */
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number; readonly own: boolean; readonly text: string }
  /** No answer, or none that can be used. Whether a write was carried out is unknown, unless `unsent`. */
  | {
      readonly kind: 'away'
      readonly cause: AwayCause
      readonly unsent: boolean
      readonly text: string
      /** When it says that it will be well again. */
      readonly retryAfterSeconds?: number
    }

export type Outcome<T> = { readonly kind: 'ok'; readonly value: T } | CallFault

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Path and query, appended to the connection's base URL: "/api/Leads?id=7". */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body?: string
  /**
   * For an answer that is an array at the top: called with each element as it arrives, and its own text. A sentence that
   * it gives ends the call as one that cannot be understood. The answer's `json` is then null and its `text` empty.
   */
  readonly each?: (item: unknown, text: string) => string | null
}

/** An answer of 2xx whose type says JSON and whose text is JSON. */
export interface UpstreamAnswer {
  readonly status: number
  /** `text` as JSON.parse reads it: digits of numbers above 2^53 are lost here, not in `text`. */
  readonly json: unknown
  readonly text: string
  /** The upstream's clock when it answered, from its Date header, in ms since the epoch; null without one. */
  readonly dateMs: number | null
  /** Names of the headers that it says its writes heed, in small letters. */
  readonly guards: readonly string[]
  /** The number that a strong ETag is; null where there is none, or another one. */
  readonly revision: number | null
}

/**
 * One call, counted before it is sent against our own count of the connection's windows (a GET leaves the reserve for
 * pushes). Never throws for what an upstream does; rejects only when the run is aborted or the store is away.
 */
export type UpstreamCall = (request: UpstreamRequest) => Promise<Outcome<UpstreamAnswer>>

/** A lead as the upstream shows it. */
export interface UpstreamLead {
  readonly id: string
  /** Values of the shape's fields, in its terms. A field that the upstream does not show is absent. */
  readonly fields: SyncFields
  /** Fields whose value (in `fields` as a text) our rules do not let in, with their sentence. */
  readonly unreadable: Readonly<Record<string, string>>
  /** ISO instant of its last change there, where it says so. */
  readonly modifiedAt: string | null
  /** The upstream's own number of this, which grows with each change; null where it has none. */
  readonly revision: number | null
  /** False when it may have changed again without `modifiedAt` showing it, as that has whole seconds only. */
  readonly isSettled: boolean
}

/** What is sent about one lead. */
export interface Push {
  /** The values that change, in the shape's terms. */
  readonly fields: SyncFields
  /** The upstream's time of what we last read: where it can, it refuses (stale) when it has changed since. */
  readonly readAt: string | null
  /** The same by its own number, where it has one. */
  readonly revision?: number | null
  /** The same for the same push of the same lead: sent again, it must not count twice. */
  readonly key: string
}

/** What the answer to a push shows. */
export interface Pushed {
  /** The lead as it is there afterwards; null where it is not shown. */
  readonly lead: UpstreamLead | LinkedLead | null
  /** Its number there after the push; null where there is none. */
  readonly revision: number | null
}

/** A page of leads that changed there, in the order of their changes. */
export interface ChangedPage {
  readonly leads: readonly LinkedLead[]
  /** Where the next page begins; null on the last one. */
  readonly cursor: string | null
  /** ISO instant by the upstream's clock. */
  readonly answeredAt: string
}

/** What a kind of upstream can do; made for one connection, over its `UpstreamCall`. No method throws for faults. */
export interface Connector {
  /** Every lead of the account, in one consistent answer; absent where the service has no list. One call. */
  readonly pull?: () => Promise<Outcome<readonly UpstreamLead[]>>
  /**
   * The leads that changed there since an instant of its clock, a page at a time; null where the service does not tell.
   * Absent where no upstream of the kind does.
   */
  readonly changes?: (since: string, cursor: string | null) => Promise<Outcome<ChangedPage | null>>
  /** One lead as it is there now; absent where that is not needed. */
  readonly read?: (upstreamId: string) => Promise<Outcome<LinkedLead>>
  /** Sends changes of a lead. */
  push(upstreamId: string, push: Push): Promise<Outcome<Pushed>>
  /**
   * Whether a push whose answer was lost has arrived, found out by sending the very same once more; null where the upstream
   * does not promise that this writes nothing twice. A `null` value: it has not.
   */
  readonly hasArrived?: (upstreamId: string, push: Push) => Promise<Outcome<Pushed | null> | null>
  /** Makes a lead there; absent where that is not possible. The same key again must not make a second one. */
  readonly create?: (fields: SyncFields, idempotencyKey: string) => Promise<Outcome<UpstreamLead>>
  /** Reads one lead by its upstream id, accepting it there first where that is wished; absent where not possible. */
  readonly link?: (upstreamId: string, accept: boolean) => Promise<Outcome<LinkedLead>>
}

/** What a link brings in: what is kept in step, and what is only taken over once. */
export interface LinkedLead extends UpstreamLead {
  /** Checked values by core field for a new lead here, beside those of `fields`. */
  readonly details: Details
}
