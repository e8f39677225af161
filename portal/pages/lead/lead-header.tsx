import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconLink, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { deleteLead, restoreLead } from '../../api/queries/lead.ts'
import type { Lead } from '../../api/types.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { StageBadge } from '../../ui/stage-badge.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { SOURCE_WORDS } from '../../words.ts'
import classes from './lead.module.css'

/** Who and what it is, and what is seldom done with it. */
export function LeadHeader({ lead }: { lead: Lead }) {
  return (
    <PageHeader
      title={lead.name}
      beside={<StageBadge stage={lead.boardStage} size="lg" />}
      subtitle={
        <>
          {[lead.category === lead.name ? null : lead.category, SOURCE_WORDS[lead.source]]
            .filter((part) => part !== null)
            .join(' · ')}{' '}
          · came <TimeAgo at={lead.createdAt} />
        </>
      }
      actions={lead.deletedAt === null && <LeadMenu lead={lead} />}
    />
  )
}

function LeadMenu({ lead }: { lead: Lead }) {
  const router = useRouter()
  const open = () => void router.navigate({ to: '/leads/$leadId', params: { leadId: String(lead.id) } })
  const bringBack = () => void restoreLead(lead.id).then(open, toastFailed)
  const remove = useMutation({
    mutationFn: () => deleteLead(lead.id),
    onSuccess: async () => {
      await router.navigate({ to: '/leads' })
      toastDone(`${lead.name} is deleted.`, { undo: bringBack })
    },
    onError: (error) => toastFailed(error, 'The lead was not deleted'),
  })
  const copy = () =>
    void navigator.clipboard.writeText(location.href).then(() => toastDone('The link is copied.'), toastFailed)
  return (
    <Menu position="bottom-end" width={190} shadow="md" radius="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More actions" loading={remove.isPending}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink size={17} />} onClick={copy}>
          Copy link
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={17} />} className={classes.danger} onClick={() => remove.mutate()}>
          Delete lead
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
