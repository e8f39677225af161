import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { acceptLead, declineLead } from '../../api/queries/lead.ts'
import type { Lead, LeadCard } from '../../api/types.ts'
import { messageOf } from '../../ui/error-state.tsx'

export interface AnswerFormProps {
  readonly card: LeadCard
  readonly onCancel: () => void
  /** Called as the answer goes out; the function that it gives takes back what was shown too early. */
  readonly onSend: () => () => void
  readonly onDone: (lead: Lead) => void
}

function useAnswer({ onSend, onDone }: AnswerFormProps) {
  const [failure, setFailure] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const answer = async (ask: () => Promise<Lead>) => {
    setFailure(null)
    setIsSending(true)
    const takeBack = onSend()
    try {
      onDone(await ask())
    } catch (error) {
      takeBack()
      setFailure(error)
    } finally {
      setIsSending(false)
    }
  }
  return { failure, isSending, answer }
}

/** A yes cannot be taken back, so a drop alone does not say it. */
export function AcceptForm(props: AnswerFormProps) {
  const { failure, isSending, answer } = useAnswer(props)
  return (
    <Stack gap="md">
      <Text size="sm">
        You get the customer’s name and contact details, and the lead goes to New. An accepted offer cannot be declined
        later.
      </Text>
      {failure !== null && <Failure error={failure} />}
      <Buttons onCancel={props.onCancel}>
        <Button loading={isSending} data-autofocus onClick={() => void answer(() => acceptLead(props.card.id))}>
          Accept the offer
        </Button>
      </Buttons>
    </Stack>
  )
}

/** A no needs a reason, and cannot be taken back either. */
export function DeclineForm(props: AnswerFormProps) {
  const { failure, isSending, answer } = useAnswer(props)
  const [reason, setReason] = useState('')
  const [isTried, setIsTried] = useState(false)
  const isAboutReason = failure instanceof ApiProblem && failure.field === 'reason'
  const missing = isTried && reason.trim() === '' ? 'Write why you decline.' : null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setIsTried(true)
        if (reason.trim() !== '') void answer(() => declineLead(props.card.id, reason.trim()))
      }}
    >
      <Stack gap="md">
        <Textarea
          label="Why do you decline?"
          description="Whoever offered the lead can read it. A declined offer cannot be accepted later."
          withAsterisk
          aria-required
          autosize
          minRows={2}
          data-autofocus
          value={reason}
          error={missing ?? (isAboutReason ? messageOf(failure) : null)}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure !== null && !isAboutReason && <Failure error={failure} />}
        <Buttons onCancel={props.onCancel}>
          <Button type="submit" color="red" loading={isSending}>
            Decline the offer
          </Button>
        </Buttons>
      </Stack>
    </form>
  )
}

function Buttons({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      {children}
    </Group>
  )
}

function Failure({ error }: { error: unknown }) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title="The offer was not answered" role="alert">
      {messageOf(error)}
    </Alert>
  )
}
