import { Alert, Button, Code, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../api/client.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { AnchorLink } from '../../ui/links.tsx'
import { OutsideFrame } from './outside-frame.tsx'

export function ForgotPasswordPage() {
  const [email, setEmail] = useState('')
  const request = useMutation({
    mutationFn: () => call<{ mail: boolean }>('/password-resets', { body: { email: email.trim() }, signsIn: true }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    request.mutate()
  }
  const back = <AnchorLink to="/sign-in">Back to signing in</AnchorLink>
  if (request.isSuccess && !request.data.mail) {
    return (
      <OutsideFrame title="This server sends no mail" below={back}>
        <Text size="sm">
          Please ask whoever runs it for a link: they make one with <Code>leadwright user reset-link</Code> and pass it
          on to you.
        </Text>
      </OutsideFrame>
    )
  }
  if (request.isSuccess) {
    return (
      <OutsideFrame title="Look into your mail" below={back}>
        <Stack gap="sm">
          <Text size="sm">
            If <strong>{email.trim()}</strong> belongs to a user, a link for a new password is on its way there. It
            works once and for a short time.
          </Text>
          <Alert color="gray" variant="light" p="sm">
            Nothing after some minutes? Look among the spam, or ask whoever runs this server: they can make a link for
            you by hand.
          </Alert>
        </Stack>
      </OutsideFrame>
    )
  }
  return (
    <OutsideFrame title="Forgotten password" intro="Say who you are, and you get a link for a new one." below={back}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {request.isError && <ErrorState error={request.error} title="The link could not be asked for" />}
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth size="md" loading={request.isPending}>
            Send the link
          </Button>
        </Stack>
      </form>
    </OutsideFrame>
  )
}
