import { checkName } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { isStorableText } from '../../lib/text.ts'
import { countOtherViews, type SavedViewRow, saveView as save, type ViewOwner } from '../../store/saved-views.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'

const VIEWS_MAX = 100
const QUERY_LENGTH_MAX = 4000

/** Keeps a list's filters under a name, replacing those of the same name. At most 100 a user. */
export function saveView(app: App, owner: ViewOwner, view: { name: string; query: string }): Promise<SavedViewRow> {
  const name = orRefuse(checkName('name', view.name))
  const { query } = view
  if (query.length > QUERY_LENGTH_MAX || !isStorableText(query)) {
    refuse('field.invalid', `{query} must be text of at most ${QUERY_LENGTH_MAX} characters.`, { field: 'query' })
  }
  return app.db.transaction(async (tx) => {
    if ((await countOtherViews(tx, owner, name)) >= VIEWS_MAX) {
      refuse('limit.reached', `A user has at most ${VIEWS_MAX} saved views; delete one first.`)
    }
    return save(tx, owner, { name, query })
  })
}
