import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { editLead, leadQuery } from '../../api/queries/lead.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Lead } from '../../api/types.ts'
import { changedFields, type Draft, draftOf, type EditField, editOf, type FieldSpec } from './fields.ts'
import { type Clash, clashesOf } from './merge.ts'
import { type Authors, authorsSince } from './who-changed.ts'

const CHANGED_MEANWHILE = 412
/** A lead that programs change all the time could otherwise be merged for ever. */
const MERGES_MAX = 5

export interface Conflict {
  readonly current: Lead
  readonly clashes: readonly Clash[]
  /** Who changed each field meanwhile, as far as it is known. */
  readonly authors: Authors
}

/**
 * One form over some fields of a lead. It keeps the lead that it began with: should somebody change the lead meanwhile,
 * what they changed elsewhere is left to them, and where both changed the same field the user is asked.
 */
export function useLeadEdit(lead: Lead, fields: readonly FieldSpec[], onSaved: (lead: Lead) => void) {
  const [base, setBase] = useState(lead)
  const [draft, setDraft] = useState<Draft>(() => draftOf(lead, fields))
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const changed = changedFields(base, draft, fields)

  const save = useMutation({
    mutationFn: () => saveMerged({ base, draft, changed, fields }),
    onSuccess: (result) => ('clashes' in result ? setConflict(result) : onSaved(result)),
  })

  /** Goes on from the lead as it is now, with the user's choice of each clash. */
  const resolve = (choices: Draft) => {
    if (conflict === null) return
    const kept = Object.fromEntries(changed.map((name) => [name, draft[name] ?? '']))
    setBase(conflict.current)
    setDraft({ ...draftOf(conflict.current, fields), ...kept, ...choices })
    setConflict(null)
  }
  return {
    draft,
    set: (name: EditField, value: string) => setDraft((before) => ({ ...before, [name]: value })),
    isDirty: changed.length > 0,
    /** Somebody else has changed the lead since the form was opened. */
    isBehind: lead.revision > base.revision,
    save,
    fault: save.error,
    conflict,
    resolve,
    closeConflict: () => setConflict(null),
  }
}

interface Work {
  readonly base: Lead
  readonly draft: Draft
  readonly changed: readonly EditField[]
  readonly fields: readonly FieldSpec[]
}

/** Saves, stepping over changes of others that touch none of these fields. */
async function saveMerged({ base, draft, changed, fields }: Work): Promise<Lead | Conflict> {
  if (changed.length === 0) return base
  let seen = base
  for (let tries = 0; ; tries++) {
    try {
      return await editLead(base.id, editOf(draft, changed), seen.revision)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== CHANGED_MEANWHILE || tries === MERGES_MAX) throw error
      seen = (await queryClient.fetchQuery({ ...leadQuery(base.id), staleTime: 0 })).data
      const clashes = clashesOf(base, seen, draft, changed, fields)
      if (clashes.length > 0) return { current: seen, clashes, authors: await authorsSince(base.id, base.revision) }
    }
  }
}
