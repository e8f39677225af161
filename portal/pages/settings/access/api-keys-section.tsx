import { Badge, Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { ApiKeys } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { SettingsSection } from '../kit/settings-section.tsx'
import { apiKeysQuery } from '../queries.ts'
import classes from '../sections/rows.module.css'
import { IssueKeyDialog } from './issue-key-dialog.tsx'
import { RateGauges } from './rate-gauges.tsx'

type ApiKey = ApiKeys['apiKeys'][number]

/** Keys for programs written for ConstructionOnline, with what each has used of its limits. */
export function ApiKeysSection() {
  const { data: apiKeys, error, refetch } = useQuery(apiKeysQuery)
  const [isIssuing, issue] = useDisclosure(false)
  const [withOld, setWithOld] = useState(false)
  const oldCount = apiKeys?.filter(({ revokedAt }) => revokedAt !== null).length ?? 0
  const shown = apiKeys?.filter(({ revokedAt }) => withOld || revokedAt === null)
  return (
    <SettingsSection
      title="ConstructionOnline keys"
      about="A program that was written for the ConstructionOnline API sends one of these, with the e-mail and password of a user. Each key has limits of its own."
    >
      <Group justify="space-between">
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={issue.open}>
          Issue a key
        </Button>
        {oldCount > 0 && (
          <Switch
            label={`Show ${oldCount} revoked`}
            checked={withOld}
            onChange={(event) => setWithOld(event.currentTarget.checked)}
          />
        )}
      </Group>
      {shown === undefined ? (
        error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <ListSkeleton rows={2} height={150} />
        )
      ) : shown.length === 0 ? (
        <EmptyState compact icon={IconKey} title="No key is in use">
          Issue one for each program, named for it: then each has its own limits and can be revoked alone.
        </EmptyState>
      ) : (
        <KeyList apiKeys={shown} />
      )}
      {isIssuing && <IssueKeyDialog onClose={issue.close} />}
    </SettingsSection>
  )
}

function KeyList({ apiKeys }: { apiKeys: readonly ApiKey[] }) {
  const [asked, setAsked] = useState<ApiKey | null>(null)
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => call(`/api-keys/${id}`, { method: 'DELETE' }),
    onSuccess: (_, { name }) => toastDone(`Key “${name}” is revoked`),
    onError: (failure) => toastFailed(failure),
    onSettled: () => {
      setAsked(null)
      void queryClient.invalidateQueries({ queryKey: keys.apiKeys })
    },
  })
  return (
    <>
      <ul className={classes.rows}>
        {apiKeys.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => setAsked(apiKey)} />
        ))}
      </ul>
      <ConfirmDialog
        opened={asked !== null}
        title={`Revoke “${asked?.name}”?`}
        confirm="Revoke key"
        danger
        loading={revoke.isPending}
        onConfirm={() => asked !== null && revoke.mutate(asked)}
        onClose={() => setAsked(null)}
      >
        The program that uses it is refused from its next request on. This cannot be taken back; a new key can be
        issued.
      </ConfirmDialog>
    </>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const isRevoked = apiKey.revokedAt !== null
  return (
    <li className={classes.row}>
      <Stack gap={0} className={classes.main ?? ''}>
        <Group gap={6} align="baseline">
          <Text fw={600} size="sm" className={classes.wrap ?? ''}>
            {apiKey.name}
          </Text>
          <Text size="sm" c="dimmed" ff="monospace">
            {apiKey.hint}…
          </Text>
          {isRevoked && (
            <Badge tt="none" size="sm" variant="light" color="brick">
              Revoked
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {apiKey.lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Last used <TimeAgo at={apiKey.lastUsedAt} />
            </>
          )}
        </Text>
        <Text size="xs" c="dimmed">
          Issued {formatInstant(apiKey.createdAt)}
          {apiKey.revokedAt !== null && ` · revoked ${formatInstant(apiKey.revokedAt)}`}
        </Text>
      </Stack>
      {!isRevoked && (
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`Revoke key ${apiKey.name}`}
          onClick={onRevoke}
        >
          Revoke
        </Button>
      )}
      {!isRevoked && <RateGauges apiKey={apiKey} />}
    </li>
  )
}
