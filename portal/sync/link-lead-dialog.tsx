import { Alert, Button, Group, Loader, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiProblem } from '../api/client.ts'
import { bringLeadIn, useConnections } from '../api/queries/connections.ts'
import type { Connection } from '../api/types.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState, messageOf } from '../ui/error-state.tsx'
import { ButtonLink } from '../ui/links.tsx'
import { toastDone } from '../ui/toast.tsx'

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
}

/** Brings a lead in by its number at RenovationFind, accepting the offer there on wish. */
export function LinkLeadDialog({ opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Bring a lead in from RenovationFind">
      {opened && <Body onClose={onClose} />}
    </Dialog>
  )
}

function Body({ onClose }: Pick<Props, 'onClose'>) {
  const { data, error, refetch } = useConnections()
  if (data === undefined) {
    return error === null ? (
      <Loader type="dots" role="status" aria-label="Loading" />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    )
  }
  const accounts = data.filter(({ kind, enabled }) => kind === 'renovationfind' && enabled)
  const [first] = accounts
  return first === undefined ? (
    <NoAccount onClose={onClose} />
  ) : (
    <LinkForm accounts={accounts} first={first} onClose={onClose} />
  )
}

function NoAccount({ onClose }: Pick<Props, 'onClose'>) {
  return (
    <Stack gap="md">
      <Alert color="gray" variant="light" icon={<IconPlugConnectedX aria-hidden />}>
        No RenovationFind account is connected, or it is paused.
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <ButtonLink to="/settings/$section" params={{ section: 'connections' }} onClick={onClose}>
          Go to Connections
        </ButtonLink>
      </Group>
    </Stack>
  )
}

interface FormProps extends Pick<Props, 'onClose'> {
  readonly accounts: readonly Connection[]
  readonly first: Connection
}

const NUMBER = /^[1-9]\d{0,18}$/

function LinkForm({ accounts, first, onClose }: FormProps) {
  const navigate = useNavigate()
  const [account, setAccount] = useState(first.id)
  const [number, setNumber] = useState('')
  const [accept, setAccept] = useState(true)
  const [fault, setFault] = useState<string | null>(null)
  const bring = useMutation({
    mutationFn: () => bringLeadIn(account, { upstreamId: number.trim(), accept }),
    onSuccess: async ({ leadId }) => {
      onClose()
      await navigate({ to: '/leads/$leadId', params: { leadId: String(leadId) } })
      toastDone('The lead is here, and linked.')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isNumber = NUMBER.test(number.trim())
    setFault(isNumber ? null : 'Enter the number of the lead there.')
    if (isNumber) bring.mutate()
  }
  const isField = bring.error instanceof ApiProblem && bring.error.field === 'upstreamId'
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="md">
        {bring.error !== null && !isField && <ErrorState error={bring.error} title="The lead did not come in" />}
        {accounts.length > 1 && (
          <Select
            label="Account"
            data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(account)}
            allowDeselect={false}
            onChange={(id) => setAccount(Number(id ?? first.id))}
          />
        )}
        <TextInput
          label="Number of the lead"
          description="It stands in the mail from RenovationFind, and in the address of the lead there."
          inputMode="numeric"
          value={number}
          error={fault ?? (isField ? messageOf(bring.error) : null)}
          onChange={(event) => setNumber(event.currentTarget.value)}
          data-autofocus
        />
        <Switch
          label="Accept the offer there"
          description="Needed to see who the customer is. A lead that is accepted already is only linked."
          checked={accept}
          onChange={(event) => setAccept(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed">
          From then on your status reports on this lead are sent to RenovationFind by themselves.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={bring.isPending}>
            {accept ? 'Accept and bring in' : 'Bring in'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
