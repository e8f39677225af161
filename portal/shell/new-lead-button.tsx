import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { openCreateLead } from './create-lead-store.ts'

/** On a phone it stands in the bar above every page. */
export function NewLeadButton() {
  return (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={openCreateLead} visibleFrom="md">
      New lead
    </Button>
  )
}
