import type pg from 'pg'
import type { SentStatement } from './statement-recorder.ts'

/** One node of a plan as EXPLAIN (FORMAT JSON) gives it. */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Operation?: string
  readonly 'Subplan Name'?: string
  readonly Plans?: readonly PlanNode[]
}

export interface Plan {
  /** One line a node that touches a table, indented by its depth among those. */
  readonly lines: readonly string[]
  /** Tables that are read from the first row to the last. */
  readonly scanned: readonly string[]
}

/** The tables that grow with the leads: reading one of them whole is what a request must never do. */
const GROWING = ['lead', 'timeline', 'lead_card', 'lead_search']
const TOUCHES_GROWING = new RegExp(`\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(?:${GROWING.join('|')})\\b`, 'i')

/** Whether the statement reads or writes a table that grows with the leads. */
export function touchesGrowing({ text }: SentStatement): boolean {
  return /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text) && TOUCHES_GROWING.test(text)
}

/** The plan for the values that were sent, and the one for any values, which a statement that is kept prepared may get. */
export async function plansOf(client: pg.Client, { name, text, values }: SentStatement): Promise<Plan[]> {
  const own = await explain(client, `EXPLAIN (FORMAT JSON) ${text}`, values)
  if (name === null) return [own]
  return [own, await explain(client, `EXPLAIN (FORMAT JSON, GENERIC_PLAN) ${text}`, [])]
}

async function explain(client: pg.Client, text: string, values: readonly unknown[]): Promise<Plan> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>({
    text,
    values: [...values],
  })
  const root = rows[0]?.['QUERY PLAN'][0]?.Plan
  if (root === undefined) throw new Error(`No plan for: ${text}`)
  const lines: string[] = []
  const scanned: string[] = []
  walk(root, 0, (node, depth) => {
    lines.push('  '.repeat(depth) + describe(node))
    const table = node['Relation Name'] ?? ''
    if (node['Node Type'] === 'Seq Scan' && GROWING.includes(table)) scanned.push(table)
  })
  return { lines, scanned }
}

function walk(node: PlanNode, depth: number, visit: (node: PlanNode, depth: number) => void): void {
  const isShown = node['Relation Name'] !== undefined || node['Index Name'] !== undefined
  if (isShown) visit(node, depth)
  for (const child of node.Plans ?? []) walk(child, isShown ? depth + 1 : depth, visit)
}

function describe(node: PlanNode): string {
  const table = node['Relation Name']
  const index = node['Index Name']
  const what = node.Operation ?? node['Node Type']
  return [what, ...(table === undefined ? [] : [`on ${table}`]), ...(index === undefined ? [] : [`by ${index}`])].join(
    ' ',
  )
}
