import { Button, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../../api/client.ts'
import { keepSession } from '../../api/queries/session.ts'
import type { OpenInvitation, Session } from '../../api/types.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { AnchorLink } from '../../ui/links.tsx'
import { NewPasswordInput } from './new-password-input.tsx'
import { OutsideFrame } from './outside-frame.tsx'
import { fieldErrorOf } from './reset-password-page.tsx'

export function InvitationPage() {
  const { token } = useParams({ from: '/invitation/$token' })
  const path = `/invitations/by-token/${encodeURIComponent(token)}`
  const invitation = useQuery({
    queryKey: ['open-invitation', token],
    queryFn: ({ signal }) => call<OpenInvitation>(path, { signal, signsIn: true }),
    retry: false,
  })
  if (invitation.isError) {
    return (
      <OutsideFrame title="Invitation" below={<AnchorLink to="/sign-in">Sign in instead</AnchorLink>}>
        <ErrorState error={invitation.error} title="This invitation does not work" />
      </OutsideFrame>
    )
  }
  if (invitation.data === undefined) {
    return (
      <OutsideFrame title="Invitation">
        <Stack role="status" aria-label="Loading">
          <Skeleton height={36} />
          <Skeleton height={36} />
        </Stack>
      </OutsideFrame>
    )
  }
  return <JoinForm path={path} invitation={invitation.data} />
}

function JoinForm({ path, invitation }: { path: string; invitation: OpenInvitation }) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const join = useMutation({
    mutationFn: () => call<Session>(path, { body: { name: name.trim(), password }, signsIn: true }),
    onSuccess: (session) => {
      keepSession(session)
      return navigate({ to: '/' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    join.mutate()
  }
  const errors = { name: fieldErrorOf(join.error, 'name'), password: fieldErrorOf(join.error, 'password') }
  return (
    <OutsideFrame
      title={`Join ${invitation.company}`}
      intro={`You were invited as ${invitation.role === 'admin' ? 'an administrator' : 'a member'}.`}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {join.isError && errors.name === null && errors.password === null && (
            <ErrorState error={join.error} title="That did not work" />
          )}
          <TextInput label="E-mail address" value={invitation.email} readOnly autoComplete="username" />
          <TextInput
            label="Your name"
            description="As your colleagues will see it."
            autoComplete="name"
            required
            withAsterisk={false}
            autoFocus
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NewPasswordInput label="Password" value={password} onChange={setPassword} error={errors.password} />
          <Button type="submit" fullWidth size="md" loading={join.isPending}>
            Join
          </Button>
        </Stack>
      </form>
    </OutsideFrame>
  )
}
