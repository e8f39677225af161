import type { LeadSort } from '../../core/lead/lead-filter.ts'

/**
 * One stretch of a list in one order. It is walked along an index of `table`: the cards (c), stage by stage, the search
 * entries (s), or the timeline (t), of which a lead's row counts that has its card's revision.
 */
export interface Stretch {
  readonly table: 'lead_card' | 'lead_search' | 'timeline'
  /** What the rows stand in order by, before the lead's id, which goes the same way. */
  readonly key: string
  readonly type: 'timestamptz' | 'numeric' | 'date' | 'text'
  readonly order: 'ASC' | 'DESC'
  /** What holds for every row of the stretch: of which kind it is says where it can be asked. */
  readonly indexed?: string
  readonly card?: string
  readonly search?: string
}

const NEWEST: Stretch = { table: 'lead_card', key: 'c.created_at', type: 'timestamptz', order: 'DESC' }

/** Leads without the value that a list is sorted by come after the others, newest first. */
export const STRETCHES: { readonly [S in LeadSort]: readonly Stretch[] } = {
  newest: [NEWEST],
  oldest: [{ ...NEWEST, order: 'ASC' }],
  changed: [{ table: 'timeline', key: 't.at', type: 'timestamptz', order: 'DESC' }],
  name: [{ table: 'lead_search', key: 's.sort_name', type: 'text', order: 'ASC' }],
  amount: [
    { table: 'lead_card', key: 'c.amount', type: 'numeric', order: 'DESC', indexed: 'c.amount IS NOT NULL' },
    { ...NEWEST, card: 'c.amount IS NULL' },
  ],
  'next-action': [
    {
      table: 'lead_search',
      key: 's.next_action_date',
      type: 'date',
      order: 'ASC',
      indexed: 's.next_action_date IS NOT NULL',
    },
    { ...NEWEST, search: 's.next_action_date IS NULL' },
  ],
}

/** A column of the board: who came last stands on top. */
export const BOARD_ORDER: Stretch = { table: 'lead_card', key: 'c.stage_since', type: 'timestamptz', order: 'DESC' }
