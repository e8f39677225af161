import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { BoardScope } from './board-api.ts'

export const EVERYONE = 'everyone'

/** What the address says the board shows: `?assignee=me&q=smith`. */
export function useBoardSearch() {
  const words = useSearch({ from: '/inside/board' })
  const navigate = useNavigate()
  const q = typeof words['q'] === 'string' ? words['q'] : ''
  const assignee = typeof words['assignee'] === 'string' ? words['assignee'] : null
  const scope = useMemo((): BoardScope => ({ q: q.trim(), assignee }), [q, assignee])
  const change = useCallback(
    (part: Partial<BoardScope>) =>
      void navigate({
        to: '/board',
        replace: true,
        search: (before) => ({ ...before, ...withoutNulls({ ...part }) }),
      }),
    [navigate],
  )
  return { scope, change }
}

function withoutNulls(part: Record<string, string | null>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value ?? undefined]))
}
