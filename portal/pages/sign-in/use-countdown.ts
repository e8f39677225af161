import { useEffect, useState } from 'react'
import { ApiProblem } from '../../api/client.ts'

const SECOND_MS = 1000

/** When the throttle that a refusal speaks of ends, as the value of the refusal; null for any other fault. */
export function throttleOf(error: Error | null): ApiProblem | null {
  return error instanceof ApiProblem && error.status === 429 ? error : null
}

/** The seconds that are left of a throttle, counted down; 0 when there is none. */
export function useCountdown(refusal: ApiProblem | null): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (refusal === null) {
      setLeft(0)
      return
    }
    const endsAt = Date.now() + (refusal.retryAfterSeconds ?? 1) * SECOND_MS
    const tick = () => setLeft(Math.max(0, Math.ceil((endsAt - Date.now()) / SECOND_MS)))
    tick()
    const timer = window.setInterval(tick, SECOND_MS)
    return () => window.clearInterval(timer)
  }, [refusal])
  return left
}
