import type { LiveLine, LivePlace } from '../store/pipeline/live-line.ts'

export type { LivePlace }

/** What is told of a lead that changed, once lists and totals show it; changes in quick succession are told as one. */
export interface LiveChange extends LiveLine {
  /** Of the announcement that tells it. */
  readonly place: LivePlace
  /** Who has heard this one has heard everything up to `place`. */
  readonly isLast: boolean
}

export interface LiveListener {
  changed(change: LiveChange): void
  /** Changes may have been missed: whatever is shown must be asked for again. */
  missed(): void
}

/** How the lists follow the leads. */
export interface Feed {
  /** Told that a change of the company's leads is on disk and not yet in the lists. */
  noted(companyId: number): void
  /**
   * Resolves once everything that this process has written for the company (for any, when none is named) stands in
   * lists and totals too; at once when nothing is outstanding, and after half a second whatever happens.
   */
  settled(companyId?: number): Promise<void>
  /** Tells of each change of the company's leads, made by whatever process; gives the function that ends it. */
  subscribe(companyId: number, listener: LiveListener): () => void
  /** Tells only which companies' leads have changed, of all of them; gives the function that ends it. */
  observe(observer: (companyIds: readonly number[]) => void): () => void
  /** How far subscribers have heard everything; null before this process has heard anything. */
  place(): LivePlace | null
  /** What the lists lag behind, and what passes took. */
  readonly passes: PassMeter
}

/** Told of each pass of this process's relay. */
export interface PassMeter {
  observe(listener: (pass: { readonly rows: number; readonly seconds: number }) => void): void
}

/** For a process without a relay of its own, such as a command: it waits for nobody and hears nothing. */
export const SILENT_FEED: Feed = {
  noted: () => undefined,
  settled: async () => undefined,
  subscribe: () => () => undefined,
  observe: () => () => undefined,
  place: () => null,
  passes: { observe: () => undefined },
}
