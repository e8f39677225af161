import type { WindowLimit } from '../rate-windows.ts'

/**
 * Our own count of the calls to an upstream. When the upstream's windows begin is not known (its clock starts with a
 * call that it saw, which may be another program's), and two windows that are out of step let twice the limit through
 * at their seam. So no fixed windows here: of any stretch as long as a window, at most the limit. Counted by slices, a
 * slice that lies partly in the stretch counting whole, so that the count is never too low.
 */
export type CallCounts = Readonly<Record<string, readonly CallSlice[]>>
/** Number of the slice since the epoch, and the calls in it; oldest first. */
export type CallSlice = readonly [slice: number, calls: number]

/** Pulls can wait; what the office did should reach the upstream. So pulls leave a part of each window to pushes. */
export type CallPurpose = 'pull' | 'push'

export type CallTaken =
  | { readonly taken: true; readonly counts: CallCounts }
  | { readonly taken: false; readonly window: WindowLimit; readonly retryAfterSeconds: number }

/** How far a window is used up. */
export interface CallGauge {
  readonly window: string
  readonly seconds: number
  readonly limit: number
  /** Calls that pulls leave to pushes. */
  readonly reserve: number
  readonly used: number
}

const SLICES = 60
const RESERVE_SHARE = 0.2
/** Regular pulls take no more than this part of a window. */
const PULL_SHARE = 0.5
const MARGIN_MS_MAX = 30_000

/**
 * Counts one call that is about to be made, in every window, or says which window is full and when there is room; of
 * several the one that stays full longest.
 */
export function takeCall(
  counts: CallCounts,
  limits: readonly WindowLimit[],
  { purpose, nowMs }: { purpose: CallPurpose; nowMs: number },
): CallTaken {
  const next: Record<string, readonly CallSlice[]> = {}
  let full: { window: WindowLimit; waitMs: number } | null = null
  for (const window of limits) {
    const slices = live(counts, window, nowMs)
    const waitMs = untilRoom(slices, window, { room: roomOf(window, purpose), nowMs })
    if (waitMs > (full?.waitMs ?? 0)) full = { window, waitMs }
    next[window.name] = plusOne(slices, Math.floor(nowMs / sliceMs(window)))
  }
  if (full === null) return { taken: true, counts: next }
  return { taken: false, window: full.window, retryAfterSeconds: Math.max(1, Math.ceil(full.waitMs / 1000)) }
}

/** What `takeCall` would find, without counting a call. */
export function gaugeCalls(counts: CallCounts, limits: readonly WindowLimit[], nowMs: number): CallGauge[] {
  return limits.map((window) => ({
    window: window.name,
    seconds: window.seconds,
    limit: window.limit,
    reserve: reserveOf(window),
    used: total(live(counts, window, nowMs)),
  }))
}

/** The shortest interval of pulls that uses no more than half of any window. */
export function leastIntervalSeconds(limits: readonly WindowLimit[], callsPerPull: number): number {
  const least = limits.map(({ seconds, limit }) => (seconds * callsPerPull) / (limit * PULL_SHARE))
  return Math.ceil(Math.max(1, ...least))
}

function sliceMs({ seconds }: WindowLimit): number {
  return (seconds * 1000) / SLICES
}

/** A call may reach the upstream later than it was counted, and so stay in its window longer than in ours. */
function stretchMs({ seconds }: WindowLimit): number {
  const lengthMs = seconds * 1000
  return lengthMs + Math.min(MARGIN_MS_MAX, Math.max(1000, lengthMs / 20))
}

function reserveOf({ limit }: WindowLimit): number {
  return Math.floor(limit * RESERVE_SHARE)
}

function roomOf(window: WindowLimit, purpose: CallPurpose): number {
  return purpose === 'push' ? window.limit : window.limit - reserveOf(window)
}

/** When the last moment of a slice leaves the stretch. */
function leavesAtMs(slice: number, window: WindowLimit): number {
  return (slice + 1) * sliceMs(window) + stretchMs(window)
}

/** The slices that count now. Those far ahead are of a clock that was wrong, and must not shut the account. */
function live(counts: CallCounts, window: WindowLimit, nowMs: number): readonly CallSlice[] {
  const lastSlice = Math.floor((nowMs + stretchMs(window)) / sliceMs(window))
  return (counts[window.name] ?? []).filter(([slice]) => leavesAtMs(slice, window) > nowMs && slice <= lastSlice)
}

function total(slices: readonly CallSlice[]): number {
  return slices.reduce((sum, [, calls]) => sum + calls, 0)
}

/** How long until one call more fits; 0 when it does. */
function untilRoom(
  slices: readonly CallSlice[],
  window: WindowLimit,
  { room, nowMs }: { room: number; nowMs: number },
): number {
  let used = total(slices)
  if (used < room) return 0
  for (const [slice, calls] of slices) {
    used -= calls
    if (used < room) return leavesAtMs(slice, window) - nowMs
  }
  return stretchMs(window)
}

function plusOne(slices: readonly CallSlice[], slice: number): readonly CallSlice[] {
  const at = slices.findIndex(([other]) => other >= slice)
  if (at === -1) return [...slices, [slice, 1]]
  const [found, calls] = slices[at] ?? [slice, 0]
  const same = found === slice
  return [...slices.slice(0, at), [slice, same ? calls + 1 : 1], ...slices.slice(same ? at + 1 : at)]
}
