import type { DecideNew } from '../../src/core/lead/decision.ts'
import { type Actor, diffLeads } from '../../src/core/lead/events.ts'
import { createLead } from '../../src/core/lead/new-lead.ts'
import type { PropertyChanges } from '../../src/core/lead/properties.ts'
import type { SeededRandom } from '../../src/lib/seeded-random.ts'
import type { FinishedLead } from '../../src/store/bulk-load.ts'

export const IMPORTER: Actor = { kind: 'system', id: 'import', name: 'import', face: 'system' }

/** A decision that makes one believable lead, as a line of an imported file would. */
export function drawNewLead(random: SeededRandom, companyId: number): DecideNew {
  return createLead({ companyId, source: 'import', sourceReference: null }, drawProperties(random))
}

function drawProperties(random: SeededRandom): PropertyChanges {
  const firstName = random.pick(['Aisha', 'Ben', 'Chloe', 'Daniel', 'Emma', 'Fatima', 'Grace', 'Hannah'])
  const lastName = random.pick(['Brown', 'Chan', 'Dubois', 'Elliott', 'Ferreira', 'Gagnon', 'Hughes', 'Ivanov'])
  return {
    firstName,
    lastName,
    displayName: `${firstName} ${lastName}`,
    email: `${firstName}.${lastName}${random.integer(1, 9999)}@example.com`.toLowerCase(),
    phone: `403-555-01${random.integer(10, 99)}`,
    address: `${random.integer(4, 980)} ${random.pick(['Elm Street', 'Maple Avenue', 'Ridge Road'])}`,
    city: random.pick(['Calgary', 'Edmonton', 'Toronto', 'Halifax']),
    state: random.pick(['AB', 'ON', 'NS']),
    zip: `T2P 1A${random.integer(0, 9)}`,
    country: 'Canada',
    category: random.pick(['Kitchen renovation', 'Roof replacement', 'Deck and fence']),
    originalDescription:
      'We would like new cabinets, an island and quartz counters, and the wall to the dining room taken out if it can be.',
    value: `${random.integer(1_000, 90_000)}.00`,
    notes: 'From the list of the home show.',
  }
}

/** The same as a finished lead with its first timeline row, for loading in bulk. */
export function finish(decide: DecideNew, id: number, now: string): FinishedLead {
  const decision = decide(id, now)
  if (decision.kind !== 'change') throw new Error('A new lead was refused.')
  const lead = { ...decision.lead, revision: 1 }
  const first = { write: { actor: IMPORTER }, lead, event: decision.event, changes: diffLeads(null, lead) }
  return { lead, history: [first] }
}
