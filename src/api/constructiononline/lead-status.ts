import type { Lead } from '../../core/lead/lead.ts'
import { type Outcome, STATUS_RULES } from '../../core/lead/status-rules.ts'

/** The product's statuses (documented as names in the product; as values of LEAD_STATUS inferred). */
export const STATUS_NAMES: { readonly [O in Outcome]: string } = {
  open: 'Open',
  won: 'Closed - Won',
  lost: 'Closed - Lost',
  inactive: 'Inactive',
}

const OUTCOMES = Object.keys(STATUS_NAMES) as readonly Outcome[]

function outcomeOf(lead: Lead): Outcome {
  return STATUS_RULES[lead.status].outcome
}

/** LEAD_STATUS of a lead. */
export function statusNameOf(lead: Lead): string {
  return STATUS_NAMES[outcomeOf(lead)]
}

/** The outcome that a sent LEAD_STATUS names, or undefined. Our choice: letter case and outer blanks are ignored. */
export function outcomeNamed(text: string): Outcome | undefined {
  const wanted = text.trim().toLowerCase()
  return OUTCOMES.find((outcome) => STATUS_NAMES[outcome].toLowerCase() === wanted)
}

/** The UTC date on which the lead was won or lost, else null. */
export function closedDateOf(lead: Lead): string | null {
  const outcome = outcomeOf(lead)
  return outcome === 'won' || outcome === 'lost' ? (lead.statusAt?.slice(0, 10) ?? null) : null
}
