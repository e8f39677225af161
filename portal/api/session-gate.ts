/**
 * What happens when the server says 401. While nobody has signed in on this page the caller hears of it and goes to the
 * log-in; once somebody has, a dialog asks for the password again, and every waiting call goes on after it.
 */
export interface GateState {
  /** True while the dialog is to be shown. */
  readonly asking: boolean
}

let state: GateState = { asking: false }
let isArmed = false
let waiting: ((again: boolean) => void)[] = []
const listeners = new Set<() => void>()

/** From now on a 401 means that a session has ended. */
export function armGate(): void {
  isArmed = true
}

/** Nobody is signed in any more, by wish. */
export function disarmGate(): void {
  isArmed = false
  answer(false)
}

/** Resolves to true when the user signed in again, so that the call may be repeated. */
export function askToSignIn(): Promise<boolean> {
  if (!isArmed) return Promise.resolve(false)
  setState({ asking: true })
  return new Promise((resolve) => waiting.push(resolve))
}

/** The dialog's answer. */
export function answer(again: boolean): void {
  const all = waiting
  waiting = []
  setState({ asking: false })
  for (const resolve of all) resolve(again)
}

export function subscribeToGate(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function gateState(): GateState {
  return state
}

function setState(next: GateState): void {
  if (next.asking === state.asking) return
  state = next
  for (const listener of listeners) listener()
}
