/** One limit: at most `limit` calls within a window that starts with its first call and ends by itself. */
export interface WindowLimit {
  readonly name: string
  readonly seconds: number
  readonly limit: number
}

/** Running windows by name: [start in ms since the epoch, calls counted]. */
export type WindowState = Readonly<Record<string, readonly [startMs: number, count: number]>>

export type Admission =
  | { readonly admitted: true; readonly state: WindowState }
  | { readonly admitted: false; readonly window: WindowLimit; readonly retryAfterSeconds: number }

/**
 * Counts one call against all windows, or refuses it because one is full. A refused call is not counted (our choice:
 * not documented); of several full windows the one that stays full longest is named, as no retry can succeed before.
 */
export function admit(state: WindowState, limits: readonly WindowLimit[], nowMs: number): Admission {
  const next: Record<string, readonly [number, number]> = {}
  let refusedBy: WindowLimit | null = null
  let longestWaitMs = 0
  for (const limit of limits) {
    const [startMs, count] = running(state, limit, nowMs)
    if (count >= limit.limit) {
      const waitMs = startMs + limit.seconds * 1000 - nowMs
      if (waitMs > longestWaitMs) {
        refusedBy = limit
        longestWaitMs = waitMs
      }
    }
    next[limit.name] = [startMs, count + 1]
  }
  if (refusedBy === null) return { admitted: true, state: next }
  return { admitted: false, window: refusedBy, retryAfterSeconds: Math.max(1, Math.ceil(longestWaitMs / 1000)) }
}

/**
 * The running window of a limit, or a fresh one when it is over. Callers take the time before they get the lock, so a
 * call may seem to come shortly before the window's start and still belongs to it; a start far ahead is a clock that was
 * wrong, and must not shut the key.
 */
function running(state: WindowState, limit: WindowLimit, nowMs: number): readonly [number, number] {
  const window = state[limit.name]
  if (window === undefined) return [nowMs, 0]
  const lengthMs = limit.seconds * 1000
  return Math.abs(nowMs - window[0]) < lengthMs ? window : [nowMs, 0]
}

/** How far a window is used up at a moment. */
export interface WindowGauge {
  readonly window: string
  readonly seconds: number
  readonly limit: number
  readonly used: number
  /** End of the running window in ms since the epoch; null while none runs. */
  readonly endsAtMs: number | null
}

/** What `admit` would find, without counting a call. */
export function gauge(state: WindowState, limits: readonly WindowLimit[], nowMs: number): WindowGauge[] {
  return limits.map((limit) => {
    const [startMs, used] = running(state, limit, nowMs)
    const { name, seconds } = limit
    const endsAtMs = used === 0 ? null : startMs + seconds * 1000
    return { window: name, seconds, limit: limit.limit, used, endsAtMs }
  })
}

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const
const NAMED: ReadonlyMap<string, number> = new Map([
  ['hour', SECONDS.h],
  ['day', SECONDS.d],
  ['week', 7 * SECONDS.d],
  ['month', 30 * SECONDS.d],
])

/**
 * Reads a limits setting: `hour:500,day:10000` or `5m:3000` (m, h, d), or `off` for no limits.
 * Returns null when the text is neither.
 */
export function parseLimits(text: string): readonly WindowLimit[] | null {
  if (text.trim() === 'off') return []
  const limits: WindowLimit[] = []
  for (const part of text.split(',')) {
    const [name = '', count = '', ...rest] = part.trim().split(':')
    const seconds = NAMED.get(name) ?? lengthOf(name)
    if (
      seconds === null ||
      rest.length > 0 ||
      !/^[1-9]\d{0,11}$/.test(count) ||
      limits.some((other) => other.name === name)
    )
      return null
    limits.push({ name, seconds, limit: Number(count) })
  }
  return limits
}

function lengthOf(name: string): number | null {
  const match = /^([1-9]\d{0,5})([mhd])$/.exec(name)
  if (match === null) return null
  return Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS]
}
