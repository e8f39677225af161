import { Button, Stack, Text } from '@mantine/core'
import { useSession } from '../api/queries/session.ts'
import { queryClient } from '../api/query-client.ts'
import { answer } from '../api/session-gate.ts'
import type { Session } from '../api/types.ts'
import { SignInForm } from '../pages/sign-in/sign-in-form.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Asks to sign in again when the session has ended, above whatever was being typed; the waiting calls then go on. */
export function SessionDialog({ opened }: { opened: boolean }) {
  const { user } = useSession()
  const done = (session: Session) => {
    // What is on the screen is another user's: begin anew.
    if (session.user.id !== user.id) location.assign('/')
    else {
      answer(true)
      void queryClient.invalidateQueries({ refetchType: 'active' })
    }
  }
  const leave = () => location.assign('/sign-in')
  return (
    <Dialog
      opened={opened}
      onClose={leave}
      title="Please sign in again"
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      zIndex={450}
    >
      <Stack>
        <Text size="sm">
          Your session has ended. Nothing that you typed is lost: sign in, and it goes on from here.
        </Text>
        <SignInForm email={user.email} onDone={done} />
        <Button variant="subtle" color="gray" onClick={leave}>
          Leave without saving
        </Button>
      </Stack>
    </Dialog>
  )
}
