import type { CardStage } from '../core/lead/board-stage.ts'
import type { LeadEvent } from '../core/lead/events.ts'

/** What is told of a lead that changed, once lists and totals show it; changes in quick succession are told as one. */
export interface LiveChange {
  readonly companyId: number
  readonly leadId: number
  readonly revision: number
  /** The last of the changes told. */
  readonly event: LeadEvent
  readonly stage: CardStage
  /** Where it stood before; null for a lead that was not there. */
  readonly previousStage: CardStage | null
  /** ISO instant of the last of the changes. */
  readonly at: string
}

/** How the lists follow the leads. */
export interface Feed {
  /**
   * Resolves once everything that this process has written for the company (for any, when none is named) stands in
   * lists and totals too; at once when nothing is outstanding, and after half a second whatever happens.
   */
  settled(companyId?: number): Promise<void>
  /** Tells of each change of the company's leads, made by whatever process; gives the function that ends it. */
  subscribe(companyId: number, listener: (change: LiveChange) => void): () => void
}

/** For a process without a relay of its own, such as a command: it waits for nobody and hears nothing. */
export const SILENT_FEED: Feed = {
  settled: async () => undefined,
  subscribe: () => () => undefined,
}
