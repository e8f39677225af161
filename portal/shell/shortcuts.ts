import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'

/** After `g` the second key has this long. */
const SEQUENCE_MS = 1200

/** Whether single keys do things; some people's tools type them by accident, so that they can be switched off. */
export function useShortcutsEnabled() {
  return useLocalStorage({ key: 'leadwright-shortcuts', defaultValue: true, getInitialValueInEffect: false })
}

/**
 * Calls what a key (`?`) or two in a row (`g t`) mean. Keys typed into a field, or while a dialog is open, mean nothing
 * here.
 */
export function useShortcuts(meanings: Readonly<Record<string, () => void>>, enabled: boolean): void {
  const latest = useRef(meanings)
  useEffect(() => {
    latest.current = meanings
  }, [meanings])
  useEffect(() => {
    if (!enabled) return
    let first: string | null = null
    let firstAt = 0
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event.target)) return
      const known = latest.current
      const second = first !== null && Date.now() - firstAt < SEQUENCE_MS ? known[`${first} ${event.key}`] : undefined
      const meaning = second ?? known[event.key]
      // Only a key that begins a sequence is waited for, so that `j j` is `j` twice.
      const begins = second === undefined && Object.keys(known).some((keys) => keys.startsWith(`${event.key} `))
      first = begins ? event.key : null
      firstAt = Date.now()
      if (meaning === undefined) return
      event.preventDefault()
      meaning()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [enabled])
}

function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]') !== null) return true
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}
