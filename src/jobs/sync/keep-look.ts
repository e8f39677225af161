import type { Db } from '../../store/database.ts'
import { forgetTheirRevision } from '../../store/sync/absent-links.ts'
import { saveLink } from '../../store/sync/lead-links.ts'
import { type Look, rowOf } from './look.ts'
import type { Run } from './run.ts'

interface LookState {
  readonly isPending: boolean
  readonly isAgreed: boolean
}

/** Writes a look down; false when somebody else wrote the link meanwhile. */
export async function keepLook(db: Db, run: Run, look: Look, state: LookState): Promise<boolean> {
  const isOurs = await saveLink(db, run.of, { ...rowOf(look), ...state }, run.app.clock())
  if (isOurs) look.version += 1
  else await forgetLook(db, run, look)
  return isOurs
}

/** What was told of a lead is told once: where it could not be written down, the lead is read again. */
export async function forgetLook(db: Db, run: Run, { link }: Look): Promise<void> {
  if (run.connector.changes !== undefined && run.isTold) await forgetTheirRevision(db, run.of, link.leadId)
}
