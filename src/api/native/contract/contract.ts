import type { TSchema } from 'typebox'
import * as accounts from './accounts.ts'
import * as company from './company.ts'
import * as connections from './connections.ts'
import * as health from './health.ts'
import * as leads from './leads.ts'
import * as webhooks from './webhooks.ts'

/** Every shape of the native API by name; the portal's types are made of this. */
export const CONTRACT: Readonly<Record<string, TSchema>> = {
  ...leads,
  ...accounts,
  ...company,
  ...connections,
  ...health,
  ...webhooks,
}
