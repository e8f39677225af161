import { useRef } from 'react'
import { newKey } from '../api/client.ts'

/**
 * Gives the Idempotency-Key of what a form is about to send: the same one as long as the same is sent, so that a double
 * click or a second try after a broken line does it once.
 */
export function useIntentKey(): (intent: unknown) => string {
  const last = useRef({ text: '', key: '' })
  return (intent) => {
    const text = JSON.stringify(intent)
    if (last.current.text !== text) last.current = { text, key: newKey() }
    return last.current.key
  }
}
