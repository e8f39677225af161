import type { UserRole } from '../../store/credentials/users.ts'

/** How long sessions live. */
export interface SessionLife {
  /** A session that is not used for so long is over. */
  readonly idleMinutes: number
  /** A session is over after so many days, however much it is used. */
  readonly days: number
}

/** Where a request comes from. */
export interface Client {
  readonly address: string
  readonly userAgent: string
}

/** Who is signed in, as the store had it a few seconds ago at most. */
export interface SignedIn {
  readonly userId: number
  /** null for an operator. */
  readonly companyId: number | null
  readonly name: string
  readonly email: string
  readonly role: UserRole
  readonly twoFactor: boolean
  readonly expiresAt: string
  readonly tokenHash: Buffer
}

/** A session that was just opened; its token goes into the cookie and is kept nowhere else. */
export interface OpenedSession {
  readonly token: string
  readonly userId: number
}
