import { Box } from '@mantine/core'
import type { Lead } from '../../api/types.ts'
import { formatInstant } from '../../format.ts'
import { Facts } from './facts.tsx'
import { LinksFacts } from './links-facts.tsx'

/** Dry facts of the record, for whoever compares it with another program. */
export function RecordFacts({ lead }: { lead: Lead }) {
  return (
    <Box px={{ base: 'md', sm: 'lg' }}>
      <LinksFacts leadId={lead.id} />
      <Facts
        facts={[
          { label: 'Lead number', value: <span className="lw-number">{lead.id}</span> },
          { label: 'Created', value: formatInstant(lead.createdAt) },
          { label: 'Last change', value: formatInstant(lead.modifiedAt) },
        ]}
      />
    </Box>
  )
}
