import { Alert, List, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useDuplicates } from '../../api/queries/lead.ts'
import { AnchorLink } from '../../ui/links.tsx'
import { StageBadge } from '../../ui/stage-badge.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import classes from './create-lead.module.css'

export interface DuplicatesHintProps {
  readonly email: string
  readonly phone: string
  /** Called when the user goes to one of the leads. */
  readonly onFollow: () => void
}

const TYPING_MS = 350
/** Shorter ones are still being typed. */
const PHONE_DIGITS = 10
const SHOWN_MAX = 4

/** Says while the user types that the customer is known already. */
export function DuplicatesHint({ email, phone, onFollow }: DuplicatesHintProps) {
  const [wanted] = useDebouncedValue({ email: wholeEmail(email), phone: wholePhone(phone) }, TYPING_MS)
  const { data: found } = useDuplicates(wanted.email, wanted.phone, null)
  const isWanted = wanted.email !== '' || wanted.phone !== ''
  return (
    <div aria-live="polite" className={classes['hint'] ?? ''}>
      {isWanted && found !== undefined && found.length > 0 && (
        <Alert color="amber" variant="light" icon={<IconUsers />} title="This customer may be known already">
          <Text size="sm" mb={6}>
            The same e-mail address or phone number stands in:
          </Text>
          <List listStyleType="none" spacing={4} size="sm">
            {found.slice(0, SHOWN_MAX).map((lead) => (
              <List.Item key={lead.id}>
                <AnchorLink to="/leads/$leadId" params={{ leadId: String(lead.id) }} onClick={onFollow} fw={600}>
                  {lead.name}
                </AnchorLink>{' '}
                <StageBadge stage={lead.boardStage} size="sm" /> <TimeAgo at={lead.createdAt} />
              </List.Item>
            ))}
          </List>
          {found.length > SHOWN_MAX && <Text size="sm">and {found.length - SHOWN_MAX} more</Text>}
        </Alert>
      )}
    </div>
  )
}

function wholeEmail(text: string): string {
  return /^\S+@\S+\.\S{2,}$/.test(text.trim()) ? text.trim() : ''
}

function wholePhone(text: string): string {
  return text.replace(/\D/g, '').length >= PHONE_DIGITS ? text.trim() : ''
}
