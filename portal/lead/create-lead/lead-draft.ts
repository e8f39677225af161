import type { LeadEdit } from '../../api/types.ts'

/** What the dialog asks for; everything is typed as text and may stay empty. */
export const DRAFT_FIELDS = [
  'firstName',
  'lastName',
  'customerCompany',
  'phone',
  'email',
  'address',
  'city',
  'state',
  'zip',
  'category',
  'originalDescription',
  'value',
  'type',
  'stage',
  'sourceLabel',
  'nextActionDate',
  'notes',
] as const satisfies readonly (keyof LeadEdit)[]

export type DraftField = (typeof DRAFT_FIELDS)[number]
export type Draft = { readonly [F in DraftField]: string } & { readonly assigneeId: string }

export const EMPTY_DRAFT: Draft = {
  ...(Object.fromEntries(DRAFT_FIELDS.map((field) => [field, ''])) as Record<DraftField, string>),
  assigneeId: '',
}

/** Whoever is not named in any of these cannot be called back. */
const NAMING: readonly DraftField[] = ['firstName', 'lastName', 'customerCompany', 'phone', 'email']

/** What would surely be refused; everything else is the server's to say. */
export function draftFaults(draft: Draft): Partial<Record<DraftField, string>> {
  if (NAMING.every((field) => draft[field].trim() === '')) {
    return { firstName: 'Write at least a name, a company, a phone number or an e-mail address.' }
  }
  return {}
}

/** The body of the request: only what was filled in. */
export function toLeadEdit(draft: Draft): LeadEdit {
  const filled = DRAFT_FIELDS.map((field) => [field, draft[field].trim()] as const).filter(([, text]) => text !== '')
  const edit: LeadEdit = Object.fromEntries(filled)
  return draft.assigneeId === '' ? edit : { ...edit, assigneeId: Number(draft.assigneeId) }
}
