/**
 * How seeded leads lie: pure arithmetic, so that the load generator, pgbench and the seeder agree on which lead belongs
 * to which company, and on which ones may be updated, without any list of ids.
 *
 * Leads come in rounds. In each round the first company gets `bigLeads` leads and every other company one, so ids of
 * companies interleave as they do in a store that has grown. The kind of a lead rotates with round and place; 16 rounds
 * are a cycle, after which every company has had every kind.
 */
export interface Shape {
  readonly companies: number
  /** Leads of the first company in each round; 1 makes all companies equal. */
  readonly bigLeads: number
  readonly cycles: number
}

export interface LeadTarget {
  /** Counted from 0; 0 is the big company. */
  readonly company: number
  readonly leadId: number
}

/** The first id that the sequence of a fresh store gives. */
export const FIRST_LEAD_ID = 1_000_001
export const KINDS = 16
/** Leads of a lower kind are offered, declined, won or converted: a status report on them would be refused. */
export const FIRST_WORKED_KIND = 5

/** Leads of one round. */
export function roundSize({ companies, bigLeads }: Shape): number {
  return companies - 1 + bigLeads
}

export function leadCount(shape: Shape): number {
  return shape.cycles * KINDS * roundSize(shape)
}

/**
 * The shape with whole cycles that comes nearest to a number of leads.
 *
 * @param bigCompanyLeads leads of the first company; at least its even share
 */
export function shapeOf(leads: number, companies: number, bigCompanyLeads: number): Shape {
  const others = companies - 1
  const wanted = others === 0 ? 1 : Math.round((bigCompanyLeads * others) / Math.max(1, leads - bigCompanyLeads))
  const shape = { companies, bigLeads: Math.max(1, wanted), cycles: 1 }
  return { ...shape, cycles: Math.max(1, Math.round(leads / (KINDS * roundSize(shape)))) }
}

/** The lead of a place (below the round's size) and a kind in a cycle. */
export function targetAt(shape: Shape, cycle: number, place: number, kind: number): LeadTarget {
  const size = roundSize(shape)
  const round = KINDS * cycle + ((kind - place + KINDS * size) % KINDS)
  const company = place < shape.bigLeads ? 0 : place - shape.bigLeads + 1
  return { company, leadId: FIRST_LEAD_ID + round * size + place }
}

/** A random whole number between two, both included. */
type DrawInteger = (min: number, max: number) => number

/** A random lead that takes status reports; every such lead is equally likely. */
export function drawTarget(shape: Shape, integer: DrawInteger): LeadTarget {
  return drawAt(shape, integer(0, roundSize(shape) - 1), integer)
}

/** As `drawTarget`, among the leads of the first company. */
export function drawOfFirstCompany(shape: Shape, integer: DrawInteger): LeadTarget {
  return drawAt(shape, integer(0, shape.bigLeads - 1), integer)
}

function drawAt(shape: Shape, place: number, integer: DrawInteger): LeadTarget {
  return targetAt(shape, integer(0, shape.cycles - 1), place, integer(FIRST_WORKED_KIND, KINDS - 1))
}

export function describeShape(shape: Shape): string {
  const total = leadCount(shape)
  const big = shape.bigLeads * shape.cycles * KINDS
  const sizes = shape.bigLeads === 1 ? 'equal in size' : `the first with ${big.toLocaleString('en')} leads`
  return `${total.toLocaleString('en')} leads over ${shape.companies.toLocaleString('en')} companies, ${sizes}`
}
