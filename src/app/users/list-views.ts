import { listSavedViews, type SavedViewRow, type ViewOwner } from '../../store/saved-views.ts'
import type { App } from '../app.ts'

/** A user's own views by name. */
export function listViews(app: App, owner: ViewOwner): Promise<SavedViewRow[]> {
  return listSavedViews(app.db, owner)
}
