import { whenThere } from './when-there.ts'

export interface CredentialCacheOptions<Secret, Proof> {
  /** Entries kept at most; the one that was confirmed longest ago goes first. */
  readonly capacity: number
  readonly now: () => number
  /** The full check; rejects with the refusal. */
  readonly prove: (secret: Secret) => Promise<Proof>
  /** Asks the store whether a proven credential is still in force. */
  readonly isLive: (proof: Proof) => Promise<boolean>
  readonly expiresAtMs: (proof: Proof) => number
  /** Notes a use; runs beside the request and at most once a minute for each credential. */
  readonly noteUse: (proof: Proof) => Promise<void>
}

export interface CredentialCache<Secret, Proof> {
  /**
   * The proof of a credential, or the refusal of its check; at once where it is known and was confirmed just now.
   *
   * @param key a hash of the secret; the secret itself is never kept
   * @param isUse false for a request that is no use of the credential, and is not to be noted
   */
  find(key: string, secret: Secret, isUse?: boolean): Proof | Promise<Proof>
  /** Drops proofs that no longer hold, and keeps none whose check is running: their next use asks the store. */
  forget(isRevoked: (proof: Proof) => boolean): void
  size(): number
}

/** How long an answer of the store is believed: a revocation acts within this time and one request. */
const FRESH_MS = 3_000
const NOTE_EVERY_MS = 60_000

interface Entry<Proof> {
  readonly proof: Proof
  /** When the store was last asked, taken before the question was sent. */
  confirmedAtMs: number
  notedAtMs: number
}

/**
 * Remembers proven credentials, never refused ones. The costly part of a proof is kept until it expires; every few
 * seconds the store is asked whether it is still in force. Requests that bring the same credential at the same moment
 * share one check.
 */
export function makeCredentialCache<Secret, Proof>(
  options: CredentialCacheOptions<Secret, Proof>,
): CredentialCache<Secret, Proof> {
  const { capacity, now, prove, isLive, expiresAtMs, noteUse } = options
  const entries = new Map<string, Entry<Proof>>()
  const checks = new Map<string, Promise<Proof>>()
  let forgettings = 0

  function keep(key: string, entry: Entry<Proof>): Proof {
    // Deleted first, so that the map's order is the order of confirmation.
    entries.delete(key)
    entries.set(key, entry)
    for (const oldest of entries.keys()) {
      if (entries.size <= capacity) break
      entries.delete(oldest)
    }
    return entry.proof
  }

  function note(entry: Entry<Proof>): void {
    const nowMs = now()
    if (nowMs - entry.notedAtMs < NOTE_EVERY_MS) return
    entry.notedAtMs = nowMs
    // No request may wait for this or fail by it: the time of the last use is a convenience, and the next minute has
    // another try.
    noteUse(entry.proof).catch(() => undefined)
  }

  async function check(key: string, secret: Secret, entry: Entry<Proof> | undefined): Promise<Proof> {
    const forgotten = forgettings
    const confirmedAtMs = now()
    if (entry !== undefined && confirmedAtMs < expiresAtMs(entry.proof) && (await isLive(entry.proof))) {
      return forgotten === forgettings ? keep(key, { ...entry, confirmedAtMs }) : entry.proof
    }
    entries.delete(key)
    const askedAtMs = now()
    const proof = await prove(secret)
    if (forgotten !== forgettings) return proof
    return keep(key, { proof, confirmedAtMs: askedAtMs, notedAtMs: Number.NEGATIVE_INFINITY })
  }

  /** One check for all who bring the same credential at the same moment. */
  function share(key: string, secret: Secret, entry: Entry<Proof> | undefined): Promise<Proof> {
    const running = checks.get(key)
    if (running !== undefined) return running
    const started = check(key, secret, entry).finally(() => {
      if (checks.get(key) === started) checks.delete(key)
    })
    checks.set(key, started)
    return started
  }

  return {
    find(key, secret, isUse = true) {
      const known = entries.get(key)
      const isKnown = known !== undefined && isFresh(known.confirmedAtMs, expiresAtMs(known.proof), now())
      return whenThere(isKnown ? known.proof : share(key, secret, known), (proof) => {
        const entry = entries.get(key)
        if (isUse && entry !== undefined) note(entry)
        return proof
      })
    },
    forget(isRevoked) {
      // A check that is running may have read the store before the revocation.
      forgettings += 1
      checks.clear()
      for (const [key, { proof }] of entries) if (isRevoked(proof)) entries.delete(key)
    },
    size: () => entries.size,
  }
}

/** False also when the clock went back before the confirmation: its age is then unknown. */
function isFresh(confirmedAtMs: number, expiresAtMs: number, nowMs: number): boolean {
  return nowMs < expiresAtMs && nowMs >= confirmedAtMs && nowMs - confirmedAtMs < FRESH_MS
}
