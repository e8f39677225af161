import type { Connection, ConnectionKind, SyncConflict } from '../api/types.ts'
import { formatCount } from '../format.ts'
import { valueWords } from '../pages/lead/timeline-words.ts'
import { fieldWord } from '../words-fields.ts'

export const KIND_WORDS: { readonly [K in ConnectionKind]: string } = {
  renovationfind: 'RenovationFind',
  constructiononline: 'ConstructionOnline',
}

export const STATE_WORDS: { readonly [S in Connection['state']]: string } = {
  paused: 'Paused',
  importing: 'Importing',
  healthy: 'Healthy',
  limited: 'Waiting for room',
  failing: 'Trying again',
  broken: 'Broken',
}
export const STATE_COLORS: { readonly [S in Connection['state']]: string } = {
  paused: 'gray',
  importing: 'sky',
  healthy: 'leaf',
  limited: 'amber',
  failing: 'amber',
  broken: 'brick',
}

export type Rule = Connection['fieldRules'][string]
export const RULE_WORDS: { readonly [R in Rule]: string } = {
  ask: 'Ask us',
  upstream: 'Theirs wins',
  ours: 'Ours wins',
  newest: 'The newest wins',
}

/** How ConstructionOnline sees where a lead stands. */
const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  open: 'Open',
  won: 'Closed – won',
  lost: 'Closed – lost',
  inactive: 'Inactive',
}
const ANSWER_WORDS: Readonly<Record<string, string>> = {
  NONE: 'Not answered',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
}

/** Of a conflict over a lead that the upstream does not take at all. */
const WHOLE_LEAD = '*'

/** A field as the office calls it, in the terms of a kind of connection. */
export function syncFieldWord(field: string): string {
  return field === WHOLE_LEAD ? 'The whole lead' : fieldWord(field)
}

/** A value of a conflict for the eye: a line for each part that it has. Empty: there is no value. */
export function conflictLines({ connectionKind, field }: SyncConflict, value: unknown, currency: string): string[] {
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'object') return Object.entries(value).flatMap(([part, one]) => partLine(part, one, currency))
  if (field === 'status' && connectionKind === 'constructiononline') {
    return [OUTCOME_WORDS[String(value)] ?? String(value)]
  }
  return [valueWords(field, value, currency) ?? '']
}

function partLine(part: string, value: unknown, currency: string): string[] {
  if (value === null || value === '') return []
  if (part === 'status') return [valueWords(part, value, currency) ?? '']
  if (part === 'action') return [ANSWER_WORDS[String(value)] ?? String(value)]
  return [`${fieldWord(part)}: ${valueWords(part, value, currency) ?? ''}`]
}

/** "3 taken over, 1 sent, 2 made here"; null when nothing moved. */
export function movedWords(run: NonNullable<Connection['lastRun']>): string | null {
  const parts = [
    [run.pulled, 'taken over'],
    [run.pushed, 'sent'],
    [run.createdHere, 'made here'],
    [run.createdThere, 'made there'],
    [run.gone, 'gone there'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`)
  const conflicts = run.conflicts === 0 ? [] : [run.conflicts === 1 ? '1 conflict' : `${run.conflicts} conflicts`]
  return told.length + conflicts.length === 0 ? null : [...told, ...conflicts].join(', ')
}
