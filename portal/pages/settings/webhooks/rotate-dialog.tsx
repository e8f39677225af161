import { Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RotatedWebhookSecret } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { toastFailed } from '../../../ui/toast.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import { SecretBlocks } from './secret-blocks.tsx'
import { rotateSecret } from './webhook-queries.ts'

/** Makes a new secret, and shows it once with the time that is left to put it in place. */
export function RotateDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const [rotated, setRotated] = useState<RotatedWebhookSecret | null>(null)
  const rotate = useMutation({
    mutationFn: () => rotateSecret(id),
    onSuccess: setRotated,
    onError: (failure) => {
      toastFailed(failure)
      onClose()
    },
  })
  if (rotated === null) {
    return (
      <ConfirmDialog
        opened
        title="Make a new secret?"
        confirm="Make a new secret"
        loading={rotate.isPending}
        onConfirm={() => rotate.mutate()}
        onClose={onClose}
      >
        For 24 hours messages are signed with both, so that your receiver can change over without missing one. Then the
        old secret stops signing.
      </ConfirmDialog>
    )
  }
  return (
    <OnceDialog
      opened
      title="The new secret"
      warning="It is shown this once. Put it into your receiver, in place of the old one or beside it."
      onDone={onClose}
    >
      <Text size="sm">
        Until <strong>{formatInstant(rotated.previousSecretExpiresAt)}</strong> messages carry a signature by either
        secret; from then on by the new one alone.
      </Text>
      <SecretBlocks secret={rotated.secret} />
    </OnceDialog>
  )
}
