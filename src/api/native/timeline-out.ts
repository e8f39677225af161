import type { TimelinePage } from '../../app/leads/list-timeline.ts'
import { type Names, showChanges } from '../../app/leads/show-lead.ts'
import type { TimelineEntry as EntryShape } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'

type Entry = Shape<typeof EntryShape>

/** One change of a lead. */
export function toEntry({ revision, at, event, actor, changes }: TimelinePage['entries'][number], names: Names): Entry {
  const { face, ...who } = actor
  return { revision, at, event, face, actor: who, changes: showChanges(changes, names) }
}
