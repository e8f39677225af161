import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { BarsProps } from './bars.tsx'

// The chart library is larger than the rest of the page: it comes after the figures.
const LazyBars = lazy(() => import('./bars.tsx').then(({ Bars }) => ({ default: Bars })))
const LazyColumns = lazy(() => import('./bars.tsx').then(({ Columns }) => ({ default: Columns })))

export function Bars(props: BarsProps) {
  return (
    <Suspense fallback={<Skeleton h={props.rows.length * 34 + 64} />}>
      <LazyBars {...props} />
    </Suspense>
  )
}

export function Columns(props: BarsProps) {
  return (
    <Suspense fallback={<Skeleton h={330} />}>
      <LazyColumns {...props} />
    </Suspense>
  )
}
