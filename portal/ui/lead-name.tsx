import type { LeadCard } from '../api/types.ts'
import { AnchorLink } from './links.tsx'

/** A lead's name as a link to its page. */
export function LeadName({ lead }: { lead: Pick<LeadCard, 'id' | 'name'> }) {
  return (
    <AnchorLink to="/leads/$leadId" params={{ leadId: String(lead.id) }} fw={600} c="var(--mantine-color-text)">
      {lead.name}
    </AnchorLink>
  )
}

/** "Calgary, AB", or what there is of it; null when there is nothing. */
export function placeOf({ city, state }: Pick<LeadCard, 'city' | 'state'>): string | null {
  const parts = [city, state].filter((part) => part !== null && part !== '')
  return parts.length === 0 ? null : parts.join(', ')
}
