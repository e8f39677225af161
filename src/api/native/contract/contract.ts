import type { TSchema } from 'typebox'
import * as accounts from './accounts.ts'
import * as company from './company.ts'
import * as leads from './leads.ts'

/** Every shape of the native API by name; the portal's types are made of this. */
export const CONTRACT: Readonly<Record<string, TSchema>> = { ...leads, ...accounts, ...company }
