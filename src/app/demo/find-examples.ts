import type { Lead } from '../../core/lead/lead.ts'
import { type LeadStatus, STATUS_RULES } from '../../core/lead/status-rules.ts'
import { moneyToNumber } from '../../lib/decimal.ts'
import { findLogin } from '../../store/credentials/users.ts'
import { listWorkedLeads } from '../../store/demo.ts'
import type { App } from '../app.ts'

/** Two requests that change something when they are sent now. */
export interface DemoExamples {
  /** A lead whose status can become CONTACT_MADE, by RenovationFind. */
  readonly report: { readonly leadId: number }
  /** Another lead, with the quality and the value (whole dollars) to give it, by ConstructionOnline. */
  readonly update: { readonly leadId: number; readonly quality: number; readonly value: number }
}

const BEFORE_CONTACT = (Object.keys(STATUS_RULES) as LeadStatus[]).filter((status) =>
  ['New', 'Contacting'].includes(STATUS_RULES[status].stage),
)
const OPEN = (Object.keys(STATUS_RULES) as LeadStatus[]).filter((status) => STATUS_RULES[status].outcome === 'open')
const EXAMPLE_QUALITY = 3
const EXAMPLE_VALUES = [40_000, 42_500] as const

/** Picks leads of the company for the two requests; null when it has no two that suit. */
export async function findExamples(app: App, email: string): Promise<DemoExamples | null> {
  const login = await findLogin(app.db, email)
  if (login === null || login.companyId === null) return null
  const { companyId } = login
  const [first] = await listWorkedLeads(app.db, { companyId, statuses: BEFORE_CONTACT, limit: 1 })
  if (first === undefined) return null
  const others = await listWorkedLeads(app.db, { companyId, statuses: OPEN, limit: 2 })
  const second = others.find(({ id }) => id !== first.id)
  if (second === undefined) return null
  const update = { leadId: second.id, quality: EXAMPLE_QUALITY, value: otherValue(second) }
  return { report: { leadId: first.id }, update }
}

/** A value that the lead does not have yet, so that the request shows a change. */
function otherValue({ value }: Lead): number {
  const [usual, other] = EXAMPLE_VALUES
  return value !== null && moneyToNumber(value) === usual ? other : usual
}
