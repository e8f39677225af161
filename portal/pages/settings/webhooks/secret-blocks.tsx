import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { CopyBlock } from '../kit/copy-block.tsx'
import { NODE_SNIPPET, PYTHON_SNIPPET } from './verify-snippets.ts'

const SNIPPETS = { 'Node.js': NODE_SNIPPET, Python: PYTHON_SNIPPET } as const
type Language = keyof typeof SNIPPETS

const LANGUAGES = Object.keys(SNIPPETS) as Language[]

/** A secret that is shown once, and how a receiver checks messages by it. */
export function SecretBlocks({ secret }: { secret: string }) {
  const [language, setLanguage] = useState<Language>('Node.js')
  return (
    <>
      <CopyBlock label="Signing secret" what="the secret" text={secret} />
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          Each message is signed with it, by the Standard Webhooks convention. Your receiver takes only what checks out:
        </Text>
        <SegmentedControl
          aria-label="Language of the example"
          size="xs"
          data={LANGUAGES}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? 'Node.js')}
          style={{ alignSelf: 'flex-start' }}
        />
        <CopyBlock label="Checking a message" what="the example" text={SNIPPETS[language]} />
      </Stack>
    </>
  )
}
