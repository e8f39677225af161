import { lockDemo } from '../../store/demo.ts'
import { databaseInside } from '../../store/inside-transaction.ts'
import type { App } from '../app.ts'
import type { DemoCompany } from './demo-company.ts'
import { isDemoLive } from './is-demo-live.ts'
import { refreshDemo } from './refresh-demo.ts'
import { type DemoOptions, seedDemo } from './seed-demo.ts'

/** Where the secrets are kept between starts. */
export interface DemoKeeper {
  read(): Promise<readonly DemoCompany[]>
  /** Runs before the store commits: secrets of a store that then fails are useless, lost ones are a nuisance. */
  write(companies: readonly DemoCompany[]): Promise<void>
}

/**
 * The demo companies of this store with working secrets: kept as they are, refreshed when the kept ones are lost or do
 * not work, seeded when the store is empty. Resolves to none when the store has other companies only. One process at
 * a time; another one then finds what the first has kept.
 */
export function ensureDemo(app: App, keeper: DemoKeeper, options: DemoOptions): Promise<readonly DemoCompany[]> {
  return app.db.transaction(async (tx) => {
    await lockDemo(tx)
    const inside: App = { ...app, db: databaseInside(tx, app.db.connection) }
    const kept = await keeper.read()
    if (await isDemoLive(inside, kept)) {
      await keeper.write(kept)
      return kept
    }
    const seeded = await seedDemo(inside, options)
    const companies = seeded.length > 0 ? seeded : await refreshDemo(inside, options)
    if (companies.length > 0) await keeper.write(companies)
    return companies
  })
}
