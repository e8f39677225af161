import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { answerChallenge, signIn } from '../../api/queries/session.ts'
import type { Session } from '../../api/types.ts'
import { messageOf, waitWords } from '../../ui/error-state.tsx'
import { throttleOf, useCountdown } from './use-countdown.ts'

export interface SignInFormProps {
  /** Who must sign in; null asks for the address too. */
  readonly email: string | null
  readonly onDone: (session: Session) => void
  /** Beside the password, such as a link for who forgot it. */
  readonly aside?: ReactNode
}

/** E-mail address and password, then the second factor where there is one. */
export function SignInForm({ email, onDone, aside }: SignInFormProps) {
  const [challenge, setChallenge] = useState<string | null>(null)
  if (challenge !== null) {
    return <CodeForm challenge={challenge} onDone={onDone} onBack={() => setChallenge(null)} />
  }
  return <PasswordForm email={email} onDone={onDone} onChallenge={setChallenge} aside={aside} />
}

function PasswordForm({
  email,
  onDone,
  onChallenge,
  aside,
}: SignInFormProps & { onChallenge: (challenge: string) => void }) {
  const [address, setAddress] = useState(email ?? '')
  const [password, setPassword] = useState('')
  const attempt = useMutation({
    mutationFn: () => signIn(address.trim(), password),
    onSuccess: (answer) => ('challenge' in answer ? onChallenge(answer.challenge) : onDone(answer)),
  })
  const wait = useCountdown(throttleOf(attempt.error))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wait === 0) attempt.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Refusal error={attempt.error} wait={wait} />
        <TextInput
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={email !== null}
          autoFocus={email === null}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={email !== null || undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {aside}
        <Button type="submit" fullWidth size="md" loading={attempt.isPending} disabled={wait > 0}>
          {wait > 0 ? `Wait ${waitWords(wait)}` : 'Sign in'}
        </Button>
      </Stack>
    </form>
  )
}

function CodeForm({
  challenge,
  onDone,
  onBack,
}: {
  challenge: string
  onDone: SignInFormProps['onDone']
  onBack: () => void
}) {
  const [code, setCode] = useState('')
  const [isRecovery, setIsRecovery] = useState(false)
  const attempt = useMutation({ mutationFn: () => answerChallenge(challenge, code.trim()), onSuccess: onDone })
  const wait = useCountdown(throttleOf(attempt.error))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wait === 0) attempt.mutate()
  }
  const change = () => {
    setIsRecovery(!isRecovery)
    setCode('')
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Refusal error={attempt.error} wait={wait} />
        <TextInput
          key={String(isRecovery)}
          label={isRecovery ? 'Recovery code' : 'Code from your authenticator app'}
          description={
            isRecovery ? 'One of the codes that you kept when you switched this on. Each works once.' : 'Six digits'
          }
          name="code"
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          required
          withAsterisk={false}
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth size="md" loading={attempt.isPending} disabled={wait > 0}>
          {wait > 0 ? `Wait ${waitWords(wait)}` : 'Sign in'}
        </Button>
        <Button variant="subtle" size="sm" onClick={change}>
          {isRecovery ? 'Use the authenticator app' : 'Use a recovery code'}
        </Button>
        <Button variant="subtle" color="gray" size="sm" onClick={onBack}>
          Start over
        </Button>
      </Stack>
    </form>
  )
}

/** Why the last try failed; while it is throttled, for how long. */
function Refusal({ error, wait }: { error: Error | null; wait: number }) {
  if (error === null) return null
  const isThrottled = throttleOf(error) !== null
  return (
    <Alert color={isThrottled ? 'amber' : 'red'} variant="light" role="alert" p="sm">
      <Text size="sm">{isThrottled ? throttledText(wait) : messageOf(error)}</Text>
    </Alert>
  )
}

function throttledText(wait: number): string {
  if (wait === 0) return 'You can try again now.'
  return `There were too many failed tries, so signing in has to wait ${waitWords(wait)}.`
}
