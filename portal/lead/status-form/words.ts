import { CHOICE_WORDS } from '../../words.ts'

/** How the form speaks of one field. */
export interface FieldWords {
  readonly label: string
  readonly help: string | null
  /** What to do when it is required and empty. */
  readonly missing: string
}

const WORDS: Readonly<Record<string, FieldWords>> = {
  reason: { label: 'Note', help: 'What the next person should know.', missing: 'Write a short note.' },
  meetingDate: { label: 'Meeting date', help: null, missing: 'Choose the day of the meeting.' },
  jobAmount: {
    label: 'Job amount',
    help: 'What the customer pays for the whole job.',
    missing: 'Write the amount of the job.',
  },
  contactMethod: { label: 'How you got in touch', help: null, missing: 'Choose how you got in touch.' },
  estimateType: { label: 'Kind of estimate', help: null, missing: 'Choose the kind of estimate.' },
  lostReason: { label: 'Why it was lost', help: null, missing: 'Choose why it was lost.' },
  startDate: { label: 'Estimated start', help: null, missing: 'Choose the day of the start.' },
  completionDate: { label: 'Estimated completion', help: null, missing: 'Choose the day of the completion.' },
  startDateTbd: { label: 'To be determined', help: null, missing: 'Tick the box.' },
  completionDateTbd: { label: 'To be determined', help: null, missing: 'Tick the box.' },
}

/** The reason means something else with some statuses. */
const REASONS: Readonly<Record<string, FieldWords>> = {
  JOB_LOST: {
    label: 'Why it was lost',
    help: 'Reports count the words that you use.',
    missing: 'Write why it was lost.',
  },
  LEAD_LOST: { label: 'More about the reason', help: null, missing: 'Write what the other reason is.' },
  JOB_POSTPONED_OR_CANCELLED: {
    label: 'Why it waits or was cancelled',
    help: 'Say until when, if you know.',
    missing: 'Write why it waits or was cancelled.',
  },
  OTHER: { label: 'What happened', help: null, missing: 'Write what happened.' },
}

/** A field that this table does not know yet is called by its own name. */
export function fieldWords(name: string, status: string): FieldWords {
  const words = name === 'reason' ? (REASONS[status] ?? WORDS[name]) : WORDS[name]
  return words ?? { label: humanised(name), help: null, missing: 'This is required.' }
}

export function choiceWord(value: string): string {
  return CHOICE_WORDS[value] ?? humanised(value)
}

/** `NEXT_STEP` and `nextStep` as "Next step". */
export function humanised(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
