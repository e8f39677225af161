import { Alert, Paper, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useUsers } from '../../../api/queries/company.ts'

interface SectionProps {
  readonly title: string
  readonly about?: ReactNode
  readonly children: ReactNode
}

/** A card of settings that belong together. */
export function SettingsSection({ title, about, children }: SectionProps) {
  const titleId = useId()
  return (
    <Paper component="section" withBorder radius="lg" p={{ base: 'md', sm: 'lg' }} aria-labelledby={titleId}>
      <Title order={2} id={titleId}>
        {title}
      </Title>
      {about !== undefined && (
        <Text c="dimmed" size="sm" mt={4} maw={640} component="div">
          {about}
        </Text>
      )}
      <Stack gap="md" mt="md">
        {children}
      </Stack>
    </Paper>
  )
}

/** What the server said against a form as a whole. */
export function FormFault({ fault }: { fault: string | null }) {
  if (fault === null) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} role="alert">
      {fault}
    </Alert>
  )
}

/** Tells a member who may change what he only sees. */
export function AdminNotice({ what }: { what: string }) {
  const { data: users = [] } = useUsers()
  const admins = users.filter(({ role, active }) => role === 'admin' && active).map(({ name }) => name)
  const names = new Intl.ListFormat(undefined, { type: 'disjunction' }).format(admins)
  return (
    <Alert color="gray" variant="light" icon={<IconLock />}>
      Only an admin can {what}.{names !== '' && ` Ask ${names}.`}
    </Alert>
  )
}
