import { Paper, Skeleton, Stack } from '@mantine/core'

/** Rows of a list that is on its way. */
export function ListSkeleton({ rows = 4, height = 52 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {places(rows).map((place) => (
        <Skeleton key={place} height={height} radius="md" />
      ))}
    </Stack>
  )
}

/** A card with lines of text that is on its way. */
export function CardSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <Paper withBorder p="lg" radius="lg" role="status" aria-label="Loading">
      <Skeleton height={18} width="38%" mb="lg" />
      {places(lines).map((place) => (
        <Skeleton key={place} height={12} width={`${92 - ((place * 17) % 40)}%`} mb="sm" />
      ))}
    </Paper>
  )
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place)
}
