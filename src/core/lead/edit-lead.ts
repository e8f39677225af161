import { refusal } from '../errors.ts'
import { type Decide, refused } from './decision.ts'
import { type LeadEdit, refuseNobody, withFollowingName } from './lead-edit.ts'
import { updateLead } from './update-lead.ts'

/** The office's own business, which needs no acceptance: who looks after the lead, when, and what was noted. */
const FREE_FIELDS: ReadonlySet<string> = new Set(['assigneeId', 'nextActionDate', 'notes'])

/**
 * Edits a lead in place. Our choice: before a lead is accepted the company sees no customer and so edits none, whatever
 * the value, as an answer that depended on it would tell it; after a win the value is frozen; somebody stays named.
 */
export function editLead(edit: LeadEdit): Decide {
  return (lead, now) => {
    if (lead.action !== 'ACCEPTED') {
      const field = Object.keys(edit).find((name) => !FREE_FIELDS.has(name))
      if (field !== undefined) {
        const text = `The lead must be accepted before {${field}} can change.`
        return refused(refusal('lead.not-accepted', text, { field }))
      }
      return updateLead(edit, null)(lead, now)
    }
    const named = withFollowingName(lead, edit)
    const nobody = refuseNobody(lead) === null ? refuseNobody({ ...lead, ...named }) : null
    return nobody === null ? updateLead(named, null)(lead, now) : refused(nobody)
  }
}

/** Gives the lead to a user, or to nobody. */
export function assignLead(assigneeId: number | null): Decide {
  const edit: LeadEdit = { assigneeId }
  return updateLead(edit, null)
}
