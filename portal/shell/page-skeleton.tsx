import { Skeleton, Stack } from '@mantine/core'
import { ListSkeleton } from '../ui/skeletons.tsx'

/** Stands in for a page whose code is on its way. */
export function PageSkeleton() {
  return (
    <Stack gap="lg">
      <Skeleton height={30} width={220} />
      <ListSkeleton rows={5} height={72} />
    </Stack>
  )
}
