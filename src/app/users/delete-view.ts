import { refuse } from '../../core/errors.ts'
import { deleteView as remove, type ViewOwner } from '../../store/saved-views.ts'
import type { App } from '../app.ts'

/** Refuses a view that the user does not have. */
export async function deleteView(app: App, owner: ViewOwner, id: number): Promise<void> {
  if (!(await remove(app.db, owner, id))) refuse('request.not-found', 'You have no such view.')
}
