import { Button, Text } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import type { LeadCard, Today } from '../../api/types.ts'
import { useAccept } from '../../lead/dialogs/use-accept.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { SOURCE_WORDS } from '../../words.ts'
import { LeadRow } from './lead-row.tsx'
import { Section } from './section.tsx'
import classes from './today.module.css'

export interface OfferSectionProps {
  readonly list: Today['offers']
  readonly onDecline: (lead: LeadCard) => void
}

/** Offers that nobody has answered yet. */
export function OfferSection({ list, onDecline }: OfferSectionProps) {
  return (
    <Section
      title="Offers waiting for your answer"
      list={list}
      rows={8}
      color="amber"
      all={{ boardStage: 'Offered' }}
      empty={
        <EmptyState compact icon={IconInbox} title="Every offer is answered">
          New offers show up here by themselves. You see the customer's contact details once you accept.
        </EmptyState>
      }
    >
      {(lead) => <OfferRow key={lead.id} lead={lead} onDecline={onDecline} />}
    </Section>
  )
}

function OfferRow({ lead, onDecline }: { lead: LeadCard; onDecline: (lead: LeadCard) => void }) {
  const accept = useAccept()
  const isLate = lead.requiresAction
  return (
    <LeadRow
      lead={lead}
      why={
        <>
          <span>{SOURCE_WORDS[lead.source]}</span>
          <span aria-hidden>·</span>
          <Text span inherit className={isLate ? (classes.late ?? '') : ''}>
            offered <TimeAgo at={lead.createdAt} />
          </Text>
        </>
      }
    >
      <Button
        data-main
        size="sm"
        loading={accept.isPending}
        onClick={() => accept.mutate(lead.id)}
        aria-label={`Accept ${lead.name}`}
      >
        Accept
      </Button>
      <Button
        size="sm"
        variant="subtle"
        color="gray"
        onClick={() => onDecline(lead)}
        aria-label={`Decline ${lead.name}`}
      >
        Decline
      </Button>
    </LeadRow>
  )
}
