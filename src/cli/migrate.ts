import { readConfig } from '../config.ts'
import { migrate } from '../store/migrate.ts'
import { addCommand, type Group } from './command.ts'
import { withEngine } from './with-app.ts'

export function addMigrate(group: Group): void {
  addCommand(group, {
    name: 'migrate',
    summary: 'Bring the store to this release; does nothing to one that is there already.',
    example: 'migrate',
    options: [],
    run: async (_, io) => {
      const applied = await withEngine(io, readConfig(io.env, io.cwd), migrate)
      const text = applied.length === 0 ? 'The store is of this release already.' : `Applied ${applied.join(', ')}.`
      return { json: { applied }, text }
    },
  })
}
