import { Badge, Box, Button, Group, Stack, Text } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { WebhookAttemptDetail, WebhookEndpoint } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { AnchorLink } from '../../../ui/links.tsx'
import { SideDialog } from '../../../ui/side-dialog.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { messageWords } from './replay-dialog.tsx'
import { attemptQuery, replay } from './webhook-queries.ts'
import { answerWords, durationWords, EVENT_WORDS, OUTCOME_COLORS, OUTCOME_WORDS } from './webhook-words.ts'
import classes from './webhooks.module.css'

interface Props {
  readonly endpoint: WebhookEndpoint
  /** null: closed. */
  readonly attemptId: number | null
  readonly onClose: () => void
}

/** One call: what was sent, what came back, and the message once more if wished. */
export function AttemptDrawer({ endpoint, attemptId, onClose }: Props) {
  return (
    <SideDialog
      opened={attemptId !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title="Call"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {attemptId !== null && <AttemptView endpoint={endpoint} attemptId={attemptId} />}
    </SideDialog>
  )
}

function AttemptView({ endpoint, attemptId }: { endpoint: WebhookEndpoint; attemptId: number }) {
  const { data: attempt, error, refetch } = useQuery(attemptQuery(endpoint.id, attemptId))
  if (attempt === undefined) {
    return error === null ? <ListSkeleton rows={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <Stack gap="lg">
      <Summary attempt={attempt} />
      <ResendButton endpoint={endpoint} attemptId={attemptId} />
      <Part title="Answer">
        <Text size="sm">{answerWords(attempt)}</Text>
        {attempt.status !== null && attempt.error !== null && <Text size="sm">{attempt.error}</Text>}
        {attempt.answer !== null && attempt.answer !== '' && <Code text={attempt.answer} label="Answer" />}
      </Part>
      <Part title="Sent">
        <Code text={headerText(endpoint, attempt)} label="Headers of the request" />
        {attempt.request.body === null ? (
          <Text size="sm" c="dimmed">
            The lead is no longer there, so the message cannot be shown.
          </Text>
        ) : (
          <Body text={attempt.request.body} />
        )}
      </Part>
    </Stack>
  )
}

function Summary({ attempt }: { attempt: WebhookAttemptDetail }) {
  const { event, leadId, revision, outcome, nextAt } = attempt
  return (
    <Stack gap={4}>
      <Group gap={8}>
        <Text fw={640}>{EVENT_WORDS[event]}</Text>
        <Badge tt="none" size="sm" variant="light" color={OUTCOME_COLORS[outcome]}>
          {OUTCOME_WORDS[outcome]}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed" className="lw-number">
        {formatInstant(attempt.at)} · attempt {attempt.attempt} · {durationWords(attempt.milliseconds)}
      </Text>
      {leadId !== null && (
        <Text size="sm">
          <AnchorLink inherit to="/leads/$leadId" params={{ leadId: String(leadId) }}>
            Lead {leadId}
          </AnchorLink>
          , revision {revision}
        </Text>
      )}
      {outcome === 'failed' && nextAt !== null && (
        <Text size="sm" c="dimmed">
          The next attempt comes at {formatInstant(nextAt)} or soon after.
        </Text>
      )}
    </Stack>
  )
}

function ResendButton({ endpoint, attemptId }: { endpoint: WebhookEndpoint; attemptId: number }) {
  const resend = useMutation({
    mutationFn: () => replay(endpoint.id, { attemptIds: [attemptId] }),
    onSuccess: (queued) => toastDone(queued === 0 ? 'The message waits to be sent already' : messageWords(queued)),
    onError: (failure) => toastFailed(failure),
  })
  return (
    <Group>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconRepeat size={16} aria-hidden />}
        loading={resend.isPending}
        disabled={!endpoint.enabled}
        onClick={() => resend.mutate()}
      >
        Send this message again
      </Button>
    </Group>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs" component="section">
      <Text fw={600} size="sm" component="h3" m={0}>
        {title}
      </Text>
      {children}
    </Stack>
  )
}

function Body({ text }: { text: string }) {
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          Laid out for the eye; it is sent in one line.
        </Text>
        <CopyButton text={text} what="the message as it was sent" />
      </Group>
      <Code text={laidOut(text)} label="Message" />
    </>
  )
}

/** Reachable by keyboard, as it may be longer than its window. */
function Code({ text, label }: { text: string; label: string }) {
  return (
    <Box component="pre" className={classes.code ?? ''} tabIndex={0} aria-label={label} role="region">
      {text}
    </Box>
  )
}

function headerText({ url }: WebhookEndpoint, { request }: WebhookAttemptDetail): string {
  const lines = request.headers.map(({ name, value }) => `${name}: ${value}`)
  return [`POST ${url}`, ...lines, 'webhook-signature: (not kept)'].join('\n')
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
