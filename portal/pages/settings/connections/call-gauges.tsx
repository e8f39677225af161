import { Group, Progress, Text } from '@mantine/core'
import type { Connection } from '../../../api/types.ts'
import { formatCount } from '../../../format.ts'
import { type GaugeLevel, gaugeLevel } from '../gauges.ts'
import classes from './connections.module.css'

type Window = Connection['windows'][number]

const COLORS: { readonly [L in GaugeLevel]: string } = { calm: 'spruce', high: 'amber', full: 'brick' }
const NAMED: Readonly<Record<string, string>> = { hour: 'hour', day: 'day', week: 'week', month: 'month' }
const UNITS: Readonly<Record<string, string>> = { m: 'minutes', h: 'hours', d: 'days' }

/** What is left of each of the upstream's limits, by our own count. */
export function CallGauges({ connection }: { connection: Connection }) {
  if (connection.windows.length === 0) return null
  return (
    <div className={classes.gauges}>
      {connection.windows.map((window) => (
        <CallGauge key={window.window} window={window} name={connection.name} />
      ))}
    </div>
  )
}

function CallGauge({ window, name }: { window: Window; name: string }) {
  const level = gaugeLevel(window)
  const left = Math.max(0, window.limit - window.used)
  const words = `${formatCount(left)} of ${formatCount(window.limit)} calls left`
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={4}>
        <Text size="xs" c="dimmed">
          {windowWords(window.window)}
        </Text>
        <Text size="xs" className="lw-number" fw={level === 'calm' ? 400 : 650}>
          {formatCount(left)} left
        </Text>
      </Group>
      {/* Says what the bar below it shows. */}
      <meter
        className="lw-unseen"
        aria-label={`${name}, ${windowWords(window.window).toLowerCase()}`}
        aria-valuetext={words}
        min={0}
        max={window.limit}
        value={left}
      />
      <Progress.Root size="sm" radius="xl" aria-hidden title={words}>
        <Progress.Section withAria={false} value={(left / window.limit) * 100} color={COLORS[level]} />
      </Progress.Root>
    </div>
  )
}

/** "hour" as "Calls an hour", "5m" as "Calls in 5 minutes". */
function windowWords(window: string): string {
  const named = NAMED[window]
  if (named !== undefined) return named === 'hour' ? 'Calls an hour' : `Calls a ${named}`
  return `Calls in ${window.slice(0, -1)} ${UNITS[window.slice(-1)] ?? ''}`
}
