import type { FastifyRequest } from 'fastify'
import type { SignedIn } from '../../app/sessions/session.ts'
import { refuse } from '../../core/errors.ts'

/**
 * Who may call a route, said in its `config`. Absent is `company`: a bearer token or a signed-in user of the company.
 * Without credentials: `open` to everybody, from the page of any site; `visitor` from a page of this site only.
 * `settings`: an admin, or a token. Never a token: `member` is a user of the company, `admin` one of its admins,
 * `operator` an operator, `person` whoever is signed in.
 */
export type Access = 'company' | 'open' | 'visitor' | 'settings' | 'member' | 'admin' | 'operator' | 'person'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** True when a call is no use of the session, which may end by idleness all the same. */
    unattended?: true
  }
  interface FastifyRequest {
    /** The user of a session; null for a bearer token, and where no credentials are asked for. */
    signedIn: SignedIn | null
  }
}

export function accessOf(request: FastifyRequest): Access {
  return request.routeOptions.config.access ?? 'company'
}

/** Refuses a user who may not do what the route does. */
export function checkUser(access: Access, { role }: SignedIn): void {
  if (access === 'person' || access === 'visitor' || access === 'open') return
  if (access === 'operator') {
    if (role !== 'operator') refuse('permission.denied', 'Only an operator may do this.')
  } else if (role === 'operator') {
    refuse('permission.denied', 'An operator belongs to no company; sign in as one of its users.')
  } else if (role !== 'admin' && (access === 'admin' || access === 'settings')) {
    refuse('permission.denied', 'Only an admin of the company may do this.')
  }
}

/** Refuses a bearer token where only people may act. */
export function checkToken(access: Access): void {
  if (access === 'company' || access === 'settings') return
  refuse('permission.denied', 'A bearer token may not do this; sign in as a user.')
}

/** The user of a route that asks for one. */
export function userOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new Error('The route does not ask for a user.')
  return request.signedIn
}

/** A user of a company, on a route that asks for one. */
export interface CompanyUser extends SignedIn {
  readonly companyId: number
}

export function companyUserOf(request: FastifyRequest): CompanyUser {
  const { companyId, ...user } = userOf(request)
  if (companyId === null) throw new Error('The route does not ask for a user of a company.')
  return { ...user, companyId }
}
