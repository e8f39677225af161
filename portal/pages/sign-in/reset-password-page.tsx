import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiProblem, call } from '../../api/client.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { AnchorLink, ButtonLink } from '../../ui/links.tsx'
import { NewPasswordInput } from './new-password-input.tsx'
import { OutsideFrame } from './outside-frame.tsx'

export function ResetPasswordPage() {
  const { token } = useParams({ from: '/reset-password/$token' })
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () => call(`/password-resets/${encodeURIComponent(token)}`, { body: { password }, signsIn: true }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    reset.mutate()
  }
  if (reset.isSuccess) {
    return (
      <OutsideFrame title="Your password is changed">
        <Stack>
          <Text size="sm">Every device that was signed in has to sign in again, with the new password.</Text>
          <ButtonLink to="/sign-in" fullWidth size="md">
            Sign in
          </ButtonLink>
        </Stack>
      </OutsideFrame>
    )
  }
  const fieldError = fieldErrorOf(reset.error, 'password')
  return (
    <OutsideFrame
      title="Choose a new password"
      below={<AnchorLink to="/forgot-password">Ask for another link</AnchorLink>}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {reset.isError && fieldError === null && (
            <ErrorState error={reset.error} title="The password was not changed" />
          )}
          <NewPasswordInput value={password} onChange={setPassword} error={fieldError} />
          <Button type="submit" fullWidth size="md" loading={reset.isPending}>
            Change the password
          </Button>
        </Stack>
      </form>
    </OutsideFrame>
  )
}

/** The refusal's sentence when it is about this field. */
export function fieldErrorOf(error: Error | null, field: string): string | null {
  return error instanceof ApiProblem && error.field === field ? error.message : null
}
