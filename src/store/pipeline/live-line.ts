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

/** One notification of the relay. */
export interface Announcement {
  readonly place: LivePlace
  readonly lines: readonly LiveLine[]
}

/** Reads a notification; its words are those that the projection wrote. */
export function readAnnouncement(payload: string): Announcement {
  const end = payload.indexOf('\n')
  const [id, tag] = payload.slice(0, end).split('|')
  return { place: { id: Number(id), tag: Number(tag) }, lines: readLiveLines(payload.slice(end + 1)) }
}

export function readLiveLines(text: string): LiveLine[] {
  return text.split('\n').map((line) => {
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
  })
}
