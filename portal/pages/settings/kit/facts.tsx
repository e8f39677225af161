import { Text } from '@mantine/core'
import classes from './facts.module.css'

export interface Fact {
  readonly label: string
  readonly value: string
}

/** Settings for those who only read them. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" m={0} className={classes.value ?? ''}>
            {value === '' ? '–' : value}
          </Text>
        </div>
      ))}
    </dl>
  )
}
