import type { BoardStage } from '../../api/keys.ts'
import type { LeadCard, LiveEvent } from '../../api/types.ts'
import { LeadList } from '../../lead/paged-list/lead-list.ts'
import { type BoardScope, fetchBoard, fetchColumn } from './board-api.ts'

/** The columns of one board, each a list of its own; together they follow the live events. */
export class BoardStore {
  readonly stages: readonly BoardStage[]
  readonly #scope: BoardScope
  readonly #lists: ReadonlyMap<BoardStage, LeadList>
  #abort = new AbortController()
  #isBehind = false
  #loads = 0
  #told = 0

  constructor(stages: readonly BoardStage[], scope: BoardScope) {
    this.stages = stages
    this.#scope = scope
    this.#lists = new Map(stages.map((stage) => [stage, new LeadList((wish) => fetchColumn(scope, stage, wish))]))
  }

  list(stage: BoardStage): LeadList {
    const list = this.#lists.get(stage)
    if (list === undefined) throw new Error(`There is no stage ${stage}.`)
    return list
  }

  /** Begins to load; the function that it gives stops everything under way. */
  start(): () => void {
    this.#abort = new AbortController()
    for (const list of this.#lists.values()) list.start()
    void this.#loadAll()
    return () => {
      this.#abort.abort()
      for (const list of this.#lists.values()) list.stop()
    }
  }

  /** Shows a lead at its new stage before the server has answered; the function that it gives takes that back. */
  move(card: LeadCard, to: BoardStage, changed: Partial<LeadCard>): () => void {
    const moved: LeadCard = { ...card, ...changed, boardStage: to, stageSince: new Date().toISOString() }
    this.list(card.boardStage).leave(card)
    this.list(to).enter(moved)
    return () => {
      this.list(to).leave(moved)
      this.list(card.boardStage).enter(card)
      this.refresh(card.boardStage, to)
    }
  }

  refresh(...stages: BoardStage[]): void {
    for (const stage of new Set(stages)) this.list(stage).refresh()
  }

  /** What others did: leads leave their old column at once, and the columns concerned are asked for again. */
  live(events: readonly LiveEvent[]): void {
    this.#told += 1
    for (const { leadId, boardStage, event } of events) {
      const stays = event === 'lead.deleted' ? null : boardStage
      for (const [stage, list] of this.#lists) if (stage !== stays) list.remove(leadId)
      this.list(boardStage).reloadPagesOf(leadId)
    }
    this.refresh(...events.flatMap(({ boardStage, previousStage }) => [boardStage, previousStage ?? boardStage]))
  }

  /** Live events have stopped: from now on anything may happen unseen. */
  fallBehind(): void {
    this.#isBehind = true
  }

  /** Live events are back: everything that is held is asked for again. */
  catchUp(): void {
    if (!this.#isBehind) return
    this.#isBehind = false
    void this.#loadAll()
    for (const list of this.#lists.values()) list.reloadDeepPages()
  }

  async #loadAll(): Promise<void> {
    const { signal } = this.#abort
    this.#loads += 1
    const [load, told] = [this.#loads, this.#told]
    try {
      const answers = await fetchBoard(this.#scope, signal)
      if (signal.aborted || load !== this.#loads) return
      for (const [stage, answer] of answers) this.list(stage).take(answer)
      // The answer may be older than what was told while it was on its way.
      if (told !== this.#told) this.refresh(...this.stages)
    } catch (error) {
      if (!signal.aborted) for (const list of this.#lists.values()) list.fail(error)
    }
  }
}
