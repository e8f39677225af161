import type { CardStage } from '../../core/lead/board-stage.ts'
import type { ToldEvent } from '../../core/lead/events.ts'
import { instantFromText } from '../database.ts'

/** One lead of a pass, as every process of the installation hears of it. */
export interface LiveLine {
  readonly companyId: number
  readonly leadId: number
  readonly revision: number
  readonly event: ToldEvent
  readonly stage: CardStage
  readonly previousStage: CardStage | null
  /** ISO instant. */
  readonly at: string
}

/** A row of the log of announcements: where a listener is who has heard everything up to it. */
export interface LivePlace {
  readonly id: number
  /** Tells the row from another of the same id, of before a crash. */
  readonly tag: number
}

/**
 * One notification of the relay. Its lines are read when somebody wants to know them: every process hears of every
 * change of every company, and most of these nobody there is looking at.
 */
export interface Announcement {
  readonly place: LivePlace
  readonly companyIds: readonly number[]
  /** In their order; none for a company that it does not tell of. */
  linesOf(companyId: number): readonly LiveLine[]
}

/** Reads a notification; its words are those that the projection wrote. */
export function readAnnouncement(payload: string): Announcement {
  const [head = '', ...lines] = payload.split('\n')
  const [id, tag] = head.split('|')
  const byCompany = new Map<number, string[]>()
  for (const line of lines) {
    const companyId = Number(line.slice(0, line.indexOf('|')))
    const known = byCompany.get(companyId)
    if (known === undefined) byCompany.set(companyId, [line])
    else known.push(line)
  }
  return {
    place: { id: Number(id), tag: Number(tag) },
    companyIds: [...byCompany.keys()],
    linesOf: (companyId) => (byCompany.get(companyId) ?? []).map(readLiveLine),
  }
}

export function readLiveLines(text: string): LiveLine[] {
  return text.split('\n').map(readLiveLine)
}

function readLiveLine(line: string): LiveLine {
  const [companyId, leadId, revision, event, stage, previousStage, at] = line.split('|')
  return {
    companyId: Number(companyId),
    leadId: Number(leadId),
    revision: Number(revision),
    event: event as ToldEvent,
    stage: stage as CardStage,
    previousStage: previousStage === '' ? null : (previousStage as CardStage),
    at: instantFromText(at ?? ''),
  }
}
