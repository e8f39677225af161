import type { Tokens } from '../../../api/types.ts'

type Token = Pick<Tokens['tokens'][number], 'revokedAt' | 'expiresAt'>
export type TokenLife = 'live' | 'ending' | 'expired' | 'revoked'

const ENDING_MS = 14 * 24 * 3_600_000

/** `ending`: within two weeks, so that there is time to replace it. */
export function lifeOf({ revokedAt, expiresAt }: Token, nowMs: number): TokenLife {
  if (revokedAt !== null) return 'revoked'
  const leftMs = Date.parse(expiresAt) - nowMs
  if (leftMs <= 0) return 'expired'
  return leftMs <= ENDING_MS ? 'ending' : 'live'
}

/** Whether requests with it are let in. */
export function isLive(token: Token, nowMs: number): boolean {
  const life = lifeOf(token, nowMs)
  return life === 'live' || life === 'ending'
}
