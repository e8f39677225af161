import type { TimelineEntry } from '../../api/types.ts'
import { formatDate, formatInstant, formatMoney, formatPhone } from '../../format.ts'
import { CHOICE_WORDS, SOURCE_WORDS, STATUS_WORDS } from '../../words.ts'

type Entry = TimelineEntry

const EVENT_WORDS: { readonly [E in Entry['event']]: string } = {
  'lead.created': 'made this lead',
  'lead.offered': 'offered this lead',
  'lead.accepted': 'accepted the offer',
  'lead.declined': 'declined the offer',
  'lead.status_changed': 'reported a status',
  'lead.updated': 'changed this lead',
  'lead.attachment_added': 'attached a file',
  'lead.deleted': 'deleted this lead',
  'lead.restored': 'restored this lead',
}

function onlyField({ changes }: Entry): string | undefined {
  return changes.length === 1 ? changes[0]?.field : undefined
}

/** Whether somebody only looked, and changed nothing. */
export function isLook(entry: Entry): boolean {
  return entry.event === 'lead.updated' && onlyField(entry) === 'viewed'
}

export function eventWords(entry: Entry): string {
  const only = onlyField(entry)
  if (isLook(entry)) return 'looked at this lead'
  if (entry.event === 'lead.updated') {
    if (only === 'assignee') return 'assigned this lead'
    if (only === 'attachments') return 'deleted a file'
    if (only === 'notes') return 'wrote a note'
  }
  return EVENT_WORDS[entry.event] ?? entry.event
}

/** Who did it; a program is called by its token. */
export function actorWords({ actor }: Entry): string {
  return actor.kind === 'token' ? `Token “${actor.name}”` : actor.name
}

const FACE_WORDS: Readonly<Record<string, string>> = {
  renovationfind: 'through the RenovationFind API',
  constructiononline: 'through the ConstructionOnline API',
  native: 'through the native API',
  cli: 'on the command line',
  form: 'through the web form',
  system: '',
  sync: 'through its connection',
}

/** Through which door it came; a user who works here needs no words. */
export function doorWords({ face, actor }: Entry): string {
  if (face === 'native' && actor.kind === 'user') return ''
  return FACE_WORDS[face] ?? `through ${face}`
}

const MONEY = new Set(['jobAmount', 'value'])
const DATES = new Set(['meetingDate', 'startDate', 'completionDate', 'nextActionDate', 'openedDate'])
const INSTANTS = new Set(['actionAt', 'convertedAt', 'deletedAt', 'statusAt', 'actionDueAt'])
const PHONES = new Set(['phone', 'mobilePhone', 'fax'])
const ANSWERS: Readonly<Record<string, string>> = { NONE: 'Not answered', ACCEPTED: 'Accepted', DECLINED: 'Declined' }

/** A value of the timeline for the eye; null when there is none. */
export function valueWords(field: string, value: unknown, currency: string): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((each) => nameOf(each)).join(', ')
  if (typeof value === 'object') return nameOf(value)
  const text = String(value)
  if (MONEY.has(field)) return /^\d+(\.\d+)?$/.test(text) ? formatMoney(text, currency) : text
  if (DATES.has(field)) return formatDate(text)
  if (INSTANTS.has(field)) return formatInstant(text)
  if (PHONES.has(field)) return formatPhone(text)
  if (field === 'status') return wordIn(STATUS_WORDS, text)
  if (field === 'source') return wordIn(SOURCE_WORDS, text)
  if (field === 'action') return wordIn(ANSWERS, text)
  if (field === 'projectDetailsHtml')
    return text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  return ['contactMethod', 'estimateType', 'lostReason'].includes(field) ? wordIn(CHOICE_WORDS, text) : text
}

function wordIn(words: Readonly<Record<string, string>>, value: string): string {
  return words[value] ?? value
}

/** Assignees and files come as objects with a name. */
function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if ('name' in value) return String(value.name)
  return 'filename' in value ? String(value.filename) : JSON.stringify(value)
}
