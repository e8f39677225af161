import { Skeleton } from '@mantine/core'
import classes from './board.module.css'

/** Columns whose names are still on their way. */
export function BoardSkeleton() {
  return (
    <div className={classes['board'] ?? ''} role="status" aria-label="Loading">
      {[0, 1, 2, 3, 4].map((column) => (
        <div key={column} className={classes['column'] ?? ''}>
          <Skeleton height={16} width="55%" my={12} mx={4} />
          {[0, 1, 2].map((card) => (
            <Skeleton key={card} height={112} radius="md" mb={8} style={{ opacity: 1 - card * 0.3 }} />
          ))}
        </div>
      ))}
    </div>
  )
}
