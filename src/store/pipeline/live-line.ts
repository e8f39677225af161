import type { CardStage } from '../../core/lead/board-stage.ts'
import type { LeadEvent } from '../../core/lead/events.ts'
import { instantFromText } from '../database.ts'

/** One lead of a pass, as every process of the installation hears of it. */
export interface LiveLine {
  readonly companyId: number
  readonly leadId: number
  readonly revision: number
  readonly event: LeadEvent
  readonly stage: CardStage
  readonly previousStage: CardStage | null
  /** ISO instant. */
  readonly at: string
}

/** Reads a notification of the relay; its words are those that the projection wrote. */
export function readLiveLines(payload: string): LiveLine[] {
  return payload.split('\n').map((line) => {
    const [companyId, leadId, revision, event, stage, previousStage, at] = line.split('|')
    return {
      companyId: Number(companyId),
      leadId: Number(leadId),
      revision: Number(revision),
      event: event as LeadEvent,
      stage: stage as CardStage,
      previousStage: previousStage === '' ? null : (previousStage as CardStage),
      at: instantFromText(at ?? ''),
    }
  })
}
