import { Skeleton } from '@mantine/core'
import { Suspense } from 'react'
import { lazyPart } from '../../ui/later.tsx'
import type { BarsProps, ColumnsProps } from './bars.tsx'

// The chart library is larger than the rest of the page: it comes after the figures.
const LazyBars = lazyPart(() => import('./bars.tsx'), 'Bars')
const LazyColumns = lazyPart<'Columns', ColumnsProps>(() => import('./bars.tsx'), 'Columns')

export function Bars(props: BarsProps) {
  return (
    <Suspense fallback={<Skeleton h={props.rows.length * 34 + 12} />}>
      <LazyBars {...props} />
    </Suspense>
  )
}

export function Columns(props: ColumnsProps) {
  return (
    <Suspense fallback={<Skeleton h={330} />}>
      <LazyColumns {...props} />
    </Suspense>
  )
}
