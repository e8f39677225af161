import { randomBytes } from 'node:crypto'
import { clientNetwork } from '../../lib/client-network.ts'
import { sha256 } from '../../lib/sha256.ts'
import { insertSession } from '../../store/credentials/sessions.ts'
import type { Db } from '../../store/database.ts'
import type { Client, OpenedSession, SessionLife } from './session.ts'

const TOKEN_BYTES = 32
const USER_AGENT_LENGTH_MAX = 200
const DAY_MS = 86_400_000

export interface SessionOrder {
  readonly userId: number
  readonly client: Client
  readonly life: SessionLife
  readonly now: Date
}

/** A secret of 256 random bits that goes into a cookie or a link. */
export function makeSecret(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** Opens a session for a user who has proven who they are. */
export async function openSession(db: Db, { userId, client, life, now }: SessionOrder): Promise<OpenedSession> {
  const token = makeSecret()
  await insertSession(db, {
    tokenHash: sha256(token),
    userId,
    at: now,
    expiresAt: new Date(now.getTime() + life.days * DAY_MS),
    // Header bytes as they came: only what every store takes.
    userAgent: client.userAgent.replace(/[^\x20-\x7e]/g, '?').slice(0, USER_AGENT_LENGTH_MAX),
    clientNetwork: clientNetwork(client.address),
  })
  return { token, userId }
}
