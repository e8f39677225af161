import { useSyncExternalStore } from 'react'
import { formatAgo, formatDate, formatDay, formatInstant } from '../format.ts'

const TICK_MS = 60_000
const listeners = new Set<() => void>()
let timer: number | undefined
let minute = currentMinute()

function currentMinute(): number {
  return Math.floor(Date.now() / TICK_MS)
}

/** One clock for all relative times of the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= window.setInterval(() => {
    minute = currentMinute()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.clearInterval(timer)
    timer = undefined
  }
}

/**
 * "3 hours ago", kept right as time goes by; the whole date and time on hover. By `title`: long lists show many of these,
 * and the library's tooltips set state as each of them appears, which a fast scroll adds up to an endless update.
 */
export function TimeAgo({ at }: { at: string }) {
  useSyncExternalStore(subscribe, () => minute)
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatAgo(at)}
    </time>
  )
}

/** "today", "tomorrow", "Tue, May 5"; the whole date on hover. */
export function DayText({ date }: { date: string }) {
  useSyncExternalStore(subscribe, () => minute)
  return (
    <time dateTime={date} title={formatDate(date)}>
      {formatDay(date)}
    </time>
  )
}
