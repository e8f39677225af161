import { Badge, Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { Tokens } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { SettingsSection } from '../kit/settings-section.tsx'
import { tokensQuery } from '../queries.ts'
import classes from '../sections/rows.module.css'
import { IssueTokenDialog } from './issue-token-dialog.tsx'
import { isLive, lifeOf } from './token-life.ts'

type Token = Tokens['tokens'][number]

/** Tokens for programs written for RenovationFind, and for the native API. */
export function TokensSection() {
  const { data: tokens, error, refetch } = useQuery(tokensQuery)
  const [isIssuing, issue] = useDisclosure(false)
  const [withOld, setWithOld] = useState(false)
  const shown = tokens?.filter((token) => withOld || isLive(token, Date.now()))
  const oldCount = tokens === undefined ? 0 : tokens.filter((token) => !isLive(token, Date.now())).length
  return (
    <SettingsSection
      title="RenovationFind tokens"
      about="A program that was written for the RenovationFind vendor API sends one of these with every request. The native API takes them too."
    >
      <Group justify="space-between">
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={issue.open}>
          Issue a token
        </Button>
        {oldCount > 0 && (
          <Switch
            label={`Show ${oldCount} revoked or expired`}
            checked={withOld}
            onChange={(event) => setWithOld(event.currentTarget.checked)}
          />
        )}
      </Group>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : shown === undefined ? (
        <ListSkeleton rows={2} height={64} />
      ) : shown.length === 0 ? (
        <EmptyState compact icon={IconKey} title="No token is in use">
          Issue one for each program, named for it: then each can be revoked alone.
        </EmptyState>
      ) : (
        <TokenList tokens={shown} />
      )}
      {isIssuing && <IssueTokenDialog onClose={issue.close} />}
    </SettingsSection>
  )
}

function TokenList({ tokens }: { tokens: readonly Token[] }) {
  const [asked, setAsked] = useState<Token | null>(null)
  const revoke = useMutation({
    mutationFn: ({ id }: Token) => call(`/tokens/${id}`, { method: 'DELETE' }),
    onSuccess: (_, { name }) => toastDone(`Token “${name}” is revoked`),
    onError: (failure) => toastFailed(failure),
    onSettled: () => {
      setAsked(null)
      void queryClient.invalidateQueries({ queryKey: keys.tokens })
    },
  })
  return (
    <>
      <ul className={classes.rows}>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} />
        ))}
      </ul>
      <ConfirmDialog
        opened={asked !== null}
        title={`Revoke “${asked?.name}”?`}
        confirm="Revoke token"
        danger
        loading={revoke.isPending}
        onConfirm={() => asked !== null && revoke.mutate(asked)}
        onClose={() => setAsked(null)}
      >
        The program that uses it is refused from its next request on. This cannot be taken back; a new token can be
        issued.
      </ConfirmDialog>
    </>
  )
}

const LIFE_WORDS = { live: null, revoked: 'Revoked', expired: 'Expired', ending: 'Ends soon' } as const
const LIFE_COLORS = { live: 'gray', revoked: 'brick', expired: 'gray', ending: 'amber' } as const

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const life = lifeOf(token, Date.now())
  const word = LIFE_WORDS[life]
  return (
    <li className={classes.row}>
      <Stack gap={0} className={classes.main ?? ''}>
        <Group gap={6}>
          <Text fw={600} size="sm" className={classes.wrap ?? ''}>
            {token.name}
          </Text>
          {word !== null && (
            <Badge tt="none" size="sm" variant="light" color={LIFE_COLORS[life]}>
              {word}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {token.lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Last used <TimeAgo at={token.lastUsedAt} />
            </>
          )}
        </Text>
        <Text size="xs" c="dimmed">
          Issued {formatInstant(token.createdAt)} ·{' '}
          {token.revokedAt === null
            ? `ends ${formatInstant(token.expiresAt)}`
            : `revoked ${formatInstant(token.revokedAt)}`}
        </Text>
      </Stack>
      {isLive(token, Date.now()) && (
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`Revoke token ${token.name}`}
          onClick={onRevoke}
        >
          Revoke
        </Button>
      )}
    </li>
  )
}
