import { Button, type ButtonProps, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'

type Outcome = 'idle' | 'done' | 'failed'

const SHOWN_MS = 2500
const WORDS = { idle: 'Copy', done: 'Copied', failed: 'Select and copy by hand' } as const

interface Props {
  readonly text: string
  /** What is copied, for those who do not see where the button stands: "token". */
  readonly what: string
  readonly size?: NonNullable<ButtonProps['size']>
  readonly variant?: NonNullable<ButtonProps['variant']>
}

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, what, size = 'compact-sm', variant = 'light' }: Props) {
  const [outcome, setOutcome] = useState<Outcome>('idle')
  useEffect(() => {
    if (outcome === 'idle') return
    const timer = window.setTimeout(() => setOutcome('idle'), SHOWN_MS)
    return () => window.clearTimeout(timer)
  }, [outcome])
  const Icon = outcome === 'done' ? IconCheck : outcome === 'failed' ? IconX : IconCopy
  return (
    <>
      <Button
        size={size}
        variant={variant}
        color={outcome === 'failed' ? 'red' : 'spruce'}
        leftSection={<Icon size={15} aria-hidden />}
        aria-label={outcome === 'idle' ? `Copy ${what}` : WORDS[outcome]}
        onClick={async () => setOutcome((await copyText(text)) ? 'done' : 'failed')}
      >
        {WORDS[outcome]}
      </Button>
      <VisuallyHidden role="status">{outcome === 'idle' ? '' : WORDS[outcome]}</VisuallyHidden>
    </>
  )
}
