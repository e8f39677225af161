import type { Actor } from '../../core/lead/events.ts'
import { makeReadablePassword } from '../../lib/readable-password.ts'
import { bulkLoad } from '../../store/bulk-load.ts'
import { listApiKeys } from '../../store/credentials/api-keys.ts'
import { listTokens } from '../../store/credentials/tokens.ts'
import type { Tx } from '../../store/database.ts'
import { hasAnyCompany, lockDemo } from '../../store/demo.ts'
import { databaseInside } from '../../store/inside-transaction.ts'
import { drawLeadIds } from '../../store/lead-writer/statements.ts'
import type { App } from '../app.ts'
import { editCompany } from '../company/edit-company.ts'
import { type AddedCompany, addCompany } from '../credentials/add-company.ts'
import { addUser } from '../credentials/add-user.ts'
import { type CompanySpec, DEMO_COMPANIES } from './company-spec.ts'
import type { DemoCompany } from './demo-company.ts'
import { makeStories } from './make-stories.ts'
import { LEAD_TYPES, SOURCE_LABELS } from './phrases.ts'
import { type Cast, type Setting, type Story, tellStory } from './story.ts'

export interface DemoOptions {
  /** Life of the companies' tokens. */
  readonly tokenDays: number
}

/**
 * Fills an empty store with the demo companies, their credentials and their leads: all of it or nothing. Resolves to
 * the companies, or to none when the store has a company already. Of several processes that meet here, one seeds.
 */
export async function seedDemo(app: App, options: DemoOptions): Promise<DemoCompany[]> {
  const seeded = await app.db.transaction((tx) => seedInside(app, tx, options))
  for (const { id } of seeded) app.feed.noted(id)
  return seeded.map(({ company }) => company)
}

interface Seeded {
  readonly id: number
  readonly company: DemoCompany
}

async function seedInside(app: App, tx: Tx, { tokenDays }: DemoOptions): Promise<Seeded[]> {
  await lockDemo(tx)
  if (await hasAnyCompany(tx)) return []
  const inside: App = { ...app, db: databaseInside(tx, app.db.connection) }
  const seeded: Seeded[] = []
  const stories: Untold[] = []
  for (const spec of DEMO_COMPANIES) {
    const { name, email, userName } = spec
    const password = makeReadablePassword()
    const added = await addCompany(inside, { name, email, password, userName, tokenDays })
    const { id } = added.company
    seeded.push({ id, company: { name, email, password, token: added.token, apiKey: added.apiKey } })
    const cast = await castOf(tx, spec, added)
    const staff = [added.userId, ...(await furnish(inside, spec, id))]
    const told = makeStories(spec, app.clock().toISOString())
    stories.push(...told.map((story) => ({ story, companyId: id, cast, staff })))
  }
  await tell(tx, stories)
  return seeded
}

/** Gives a company its settings and its other users, whose ids are the result. */
async function furnish(app: App, { settings, trades, members }: CompanySpec, companyId: number): Promise<number[]> {
  const categories = trades.map(({ category }) => category)
  const form = { ...settings.form, enabled: true, categories }
  const lists = { categories, types: [...new Set(LEAD_TYPES)], sources: [...SOURCE_LABELS] }
  await editCompany(app, companyId, { ...settings, ...lists, form })
  const ids: number[] = []
  for (const { name, email } of members) {
    const user = { companyId, role: 'member', name, email, password: makeReadablePassword() } as const
    ids.push((await addUser(app, user)).id)
  }
  return ids
}

interface Untold extends Omit<Setting, 'id'> {
  readonly story: Story
}

/** Ids follow the order in which the leads of all companies came in, as they would have. */
async function tell(tx: Tx, stories: readonly Untold[]): Promise<void> {
  const ids = await tx.query<{ id: number }>(drawLeadIds(stories.length))
  const inOrder = [...stories].sort((a, b) => (a.story.at < b.story.at ? -1 : 1))
  const finished = ids.flatMap(({ id }, i) => {
    const untold = inOrder[i]
    return untold === undefined ? [] : [tellStory(untold.story, { ...untold, id })]
  })
  await bulkLoad(tx, finished)
}

async function castOf(tx: Tx, { userName }: CompanySpec, { company, userId }: AddedCompany): Promise<Cast> {
  const [token] = await listTokens(tx, company.id)
  const [key] = await listApiKeys(tx, company.id)
  if (token === undefined || key === undefined) throw new Error('A new company has a token and a key.')
  const actor = (kind: Actor['kind'], id: string, name: string, face: Actor['face']): Actor => ({
    kind,
    id,
    name,
    face,
  })
  return {
    operator: actor('operator', 'demo', 'RenovationFind', 'system'),
    office: actor('user', String(userId), userName, 'native'),
    renovationfind: actor('token', token.id, token.name, 'renovationfind'),
    constructiononline: actor('apikey', String(key.id), key.name, 'constructiononline'),
  }
}
