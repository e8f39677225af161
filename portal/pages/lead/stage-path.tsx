import type { CSSProperties } from 'react'
import type { BoardStage } from '../../api/keys.ts'
import { STAGE_COLORS } from '../../words.ts'
import classes from './lead.module.css'

const WAY: readonly BoardStage[] = ['New', 'Contacting', 'In conversation', 'Estimate', 'Won']

/** How far a lead has come on the usual way; nothing for one that is off it (lost, on hold, declined, offered). */
export function StagePath({ stage }: { stage: BoardStage }) {
  const reached = WAY.indexOf(stage)
  if (reached === -1) return null
  const color = { '--step-color': `var(--mantine-color-${STAGE_COLORS[stage]}-5)` } as CSSProperties
  return (
    <ol className={classes.path ?? ''} aria-label="Stages" style={color}>
      {WAY.map((each, place) => (
        <li
          key={each}
          className={classes.step ?? ''}
          {...(place <= reached ? { 'data-reached': true } : {})}
          {...(place === reached ? { 'aria-current': 'step' as const } : {})}
        >
          {each}
        </li>
      ))}
    </ol>
  )
}
