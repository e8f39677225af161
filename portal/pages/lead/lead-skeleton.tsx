import { Grid, Skeleton, Stack } from '@mantine/core'
import { CardSkeleton } from '../../ui/skeletons.tsx'

/** A lead that is on its way, in the shape that it will have. */
export function LeadSkeleton() {
  return (
    <Stack gap="lg">
      <div>
        <Skeleton height={28} width={260} mb="xs" />
        <Skeleton height={14} width={200} />
      </div>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7.5 }}>
          <Stack gap="lg">
            <CardSkeleton lines={3} />
            <CardSkeleton lines={5} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4.5 }}>
          <CardSkeleton lines={6} />
        </Grid.Col>
      </Grid>
    </Stack>
  )
}
