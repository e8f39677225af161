import { Badge, Group, Text } from '@mantine/core'
import { IconArrowsExchange, IconCloudOff } from '@tabler/icons-react'
import { useConflicts, useLinks } from '../../api/queries/conflicts.ts'
import type { LeadLink } from '../../api/types.ts'
import { TimeAgo } from '../../ui/time-text.tsx'
import classes from './lead.module.css'

/** Where the lead is linked to, and how well the two sides agree; nothing where it is not. */
export function LinksFacts({ leadId }: { leadId: number }) {
  const { data: links = [] } = useLinks(leadId)
  const { data: conflicts } = useConflicts(leadId)
  const waiting = conflicts?.pages.flatMap((page) => page.conflicts) ?? []
  if (links.length === 0) return null
  return (
    <ul className={classes['links'] ?? ''} aria-label="Linked to">
      {links.map((link) => (
        <li key={link.connectionId}>
          <Group gap={8} wrap="nowrap" align="flex-start">
            {link.goneAt === null ? (
              <IconArrowsExchange size={16} stroke={1.7} aria-hidden className={classes['linkIcon'] ?? ''} />
            ) : (
              <IconCloudOff size={16} stroke={1.7} aria-hidden className={classes['linkIcon'] ?? ''} />
            )}
            <div>
              <Text size="sm">
                {link.connectionName}
                {link.upstreamId !== null && (
                  <Text span inherit c="dimmed" className="lw-number">{` no. ${link.upstreamId}`}</Text>
                )}
                {link.goneAt !== null && (
                  <Badge ml={8} size="sm" color="gray" variant="light" tt="none">
                    Gone there
                  </Badge>
                )}
              </Text>
              <Text size="xs" c="dimmed">
                <Standing
                  link={link}
                  conflicts={waiting.filter(({ connectionId }) => connectionId === link.connectionId).length}
                />
              </Text>
            </div>
          </Group>
        </li>
      ))}
    </ul>
  )
}

function Standing({ link, conflicts }: { link: LeadLink; conflicts: number }) {
  if (link.goneAt !== null) {
    return (
      <>
        Not in their list since <TimeAgo at={link.goneAt} />; it stays here
      </>
    )
  }
  if (!link.enabled) return <>The connection is paused</>
  if (link.upstreamId === null) return <>On its way there</>
  if (conflicts > 0) return <>{conflicts === 1 ? 'A conflict waits' : `${conflicts} conflicts wait`} for you</>
  if (link.pending) return <>Something of ours is on its way there</>
  if (link.agreedAt === null) return <>Not compared yet</>
  return (
    <>
      Both sides agreed <TimeAgo at={link.agreedAt} />
    </>
  )
}
