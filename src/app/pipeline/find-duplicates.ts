import { BOARD_STAGES } from '../../core/lead/status-rules.ts'
import { findSameCustomer } from '../../store/pipeline/duplicates.ts'
import type { App, Principal } from '../app.ts'
import { type LeadInList, loadLeads } from './lead-cards.ts'

export interface DuplicateWish {
  readonly email: string | null
  readonly phone: string | null
  /** A lead that is not told: the one that is compared. */
  readonly except: number | null
}

const SHOWN_MAX = 20
const NATIONAL_DIGITS = 10

/** Leads that are of the same customer, newest first: the same e-mail address, or the last ten digits of a phone. */
export async function findDuplicates(app: App, caller: Principal, wish: DuplicateWish): Promise<LeadInList[]> {
  const { companyId } = caller
  const keys = { email: wish.email, phoneEnd: phoneEndOf(wish.phone ?? ''), except: wish.except }
  const ids = await findSameCustomer(app.db, companyId, keys, SHOWN_MAX)
  return loadLeads(app, { companyId, stages: BOARD_STAGES }, ids)
}

/** What is left of a number without the prefix of its country, however that is written; null of one that is too short. */
function phoneEndOf(phone: string): string | null {
  const digits = phone.replace(/\D/g, '')
  return digits.length < NATIONAL_DIGITS ? null : digits.slice(-NATIONAL_DIGITS)
}
