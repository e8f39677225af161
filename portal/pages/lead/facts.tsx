import type { ReactNode } from 'react'
import { Fragment } from 'react'
import classes from './lead.module.css'

export interface Fact {
  readonly label: string
  /** Left out when null. */
  readonly value: ReactNode
}

/** Names and values, one a line; those without a value are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== '')
  if (known.length === 0) return null
  return (
    <dl className={classes.facts ?? ''}>
      {known.map(({ label, value }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
