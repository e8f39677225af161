import { ActionIcon, Box, Button, Group, Text } from '@mantine/core'
import { IconCalendarEvent, IconClockExclamation, IconPaperclip } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import type { LeadCard } from '../../api/types.ts'
import { LeadName, placeOf } from '../../ui/lead-name.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { DayText, TimeAgo } from '../../ui/time-text.tsx'
import { UserAvatar } from '../../ui/user-avatar.tsx'
import { STATUS_WORDS } from '../../words.ts'
import classes from './board.module.css'

export interface BoardCardProps {
  readonly card: LeadCard
  /** The menu and the grip, where the card is more than a picture of itself under the pointer. */
  readonly controls?: ReactNode
  readonly onAnswer?: (card: LeadCard, answer: 'accept' | 'decline') => void
}

/** What the board shows of a lead. */
export const BoardCard = memo(function BoardCard({ card, controls, onAnswer }: BoardCardProps) {
  // An offer's customer has no name yet: it is called by what is asked for.
  const category = card.category === card.name ? null : card.category
  const about = [category, placeOf(card)].filter((part) => part !== null).join(' · ')
  return (
    <article className={classes['card'] ?? ''} data-due={card.requiresAction || undefined}>
      <Group gap={6} wrap="nowrap" align="flex-start" justify="space-between">
        <Box className={classes['name'] ?? ''}>
          <LeadName lead={card} />
        </Box>
        {controls}
      </Group>
      {about !== '' && (
        <Text size="xs" c="dimmed" truncate>
          {about}
        </Text>
      )}
      {(card.boardStage !== 'New' || card.amount !== null) && card.action === 'ACCEPTED' && (
        <Group gap="xs" justify="space-between" wrap="nowrap" mt={4}>
          <Text size="xs" truncate>
            {card.boardStage === 'New' ? '' : STATUS_WORDS[card.status]}
          </Text>
          {card.amount !== null && (
            <Text size="xs" fw={600} className={classes['amount'] ?? ''} component="span">
              <MoneyText amount={card.amount} />
            </Text>
          )}
        </Group>
      )}
      <Facts card={card} />
      {card.action === 'NONE' && onAnswer !== undefined && (
        <Group gap={6} mt={8} wrap="nowrap">
          <Button size="compact-sm" onClick={() => onAnswer(card, 'accept')} flex={1}>
            Accept
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onAnswer(card, 'decline')} flex={1}>
            Decline
          </Button>
        </Group>
      )}
    </article>
  )
})

/** The last line: what is due, since when it stands here, and whose it is. */
function Facts({ card }: { card: LeadCard }) {
  return (
    <Group gap={8} justify="space-between" wrap="nowrap" mt={6} mih={24}>
      <Group gap={8} wrap="nowrap" miw={0}>
        <Text size="xs" c="dimmed" component="span" truncate>
          <Due card={card} />
        </Text>
        {card.attachmentCount > 0 && (
          <Group
            gap={2}
            wrap="nowrap"
            c="dimmed"
            title={card.attachmentCount === 1 ? '1 file' : `${card.attachmentCount} files`}
          >
            <IconPaperclip size={13} aria-hidden />
            <Text size="xs" component="span" className="lw-number">
              {card.attachmentCount}
            </Text>
          </Group>
        )}
      </Group>
      {card.assignee !== null && <UserAvatar user={card.assignee} size={22} />}
    </Group>
  )
}

function Due({ card }: { card: LeadCard }) {
  if (card.requiresAction) {
    return (
      <span className={classes['due'] ?? ''}>
        <IconClockExclamation size={13} aria-hidden /> {card.action === 'NONE' ? 'Answer now' : 'Action due'}
      </span>
    )
  }
  const next = card.nextActionDate ?? (card.boardStage === 'In conversation' ? card.meetingDate : null)
  if (next !== null) {
    return (
      <span className={classes['fact'] ?? ''}>
        <IconCalendarEvent size={13} aria-hidden /> <DayText date={next} />
      </span>
    )
  }
  return <TimeAgo at={card.stageSince} />
}

/** A button of a card, small but no smaller than a fingertip needs. */
export const CardIcon = ActionIcon.withProps({ variant: 'subtle', color: 'gray', size: 26 })
