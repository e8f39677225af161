import { makeStamp, readStamp, type StampSubject } from '../../lib/stamp.ts'
import type { LeadForm } from '../../store/lead-forms.ts'
import type { App } from '../app.ts'
import { currentSigningKey } from '../credentials/signing-key.ts'

/** Nobody fills the form in faster; programs do. */
const FILL_MS_MIN = 3_000
const LIFE_MS = 24 * 3_600_000

/** The time at which a form was handed out, to be sent back with it. */
export async function stampForm(app: App, form: LeadForm): Promise<string> {
  return makeStamp(await subjectOf(app, form), app.clock().getTime())
}

/** Whether a form comes back in good time: not before somebody can have filled it in, and within a day. */
export async function judgeStamp(app: App, form: LeadForm, stamp: string): Promise<'good' | 'early' | 'stale'> {
  const madeAtMs = readStamp(await subjectOf(app, form), stamp)
  if (madeAtMs === null) return 'stale'
  const ageMs = app.clock().getTime() - madeAtMs
  if (ageMs > LIFE_MS) return 'stale'
  return ageMs < FILL_MS_MIN ? 'early' : 'good'
}

async function subjectOf(app: App, { slug }: LeadForm): Promise<StampSubject> {
  const { secret } = await currentSigningKey(app.db)
  return { secret, purpose: 'lead form', subject: slug }
}
