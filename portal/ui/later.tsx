import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense, useState } from 'react'
import { fetchCode } from './code.ts'

/** A component of a file that is fetched when it is first shown. */
export function lazyPart<N extends string, P>(
  load: () => Promise<{ readonly [name in N]: ComponentType<P> }>,
  name: N,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: (await fetchCode(load))[name] }))
}

const IDLE_WITHIN_MS = 4000

/** Runs something once, when the page has nothing better to do. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: IDLE_WITHIN_MS })
  else setTimeout(run, IDLE_WITHIN_MS)
}

export interface LaterDialogProps {
  readonly opened: boolean
  readonly children: (opened: boolean) => ReactNode
}

/** Fetches a dialog when it is first opened, and keeps it then, so that it can fade out and in. */
export function LaterDialog({ opened, children }: LaterDialogProps) {
  const [isWanted, setIsWanted] = useState(opened)
  if (opened && !isWanted) setIsWanted(true)
  return isWanted ? <Suspense>{children(opened)}</Suspense> : null
}
