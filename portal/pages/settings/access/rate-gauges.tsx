import { Group, Progress, Text } from '@mantine/core'
import type { ApiKeys } from '../../../api/types.ts'
import { formatAgo, formatCount } from '../../../format.ts'
import { type Gauge, type GaugeLevel, gaugeLevel, gaugeNow } from '../gauges.ts'
import { useNow } from '../use-now.ts'
import classes from './rate-gauges.module.css'

const COLORS: { readonly [L in GaugeLevel]: string } = { calm: 'spruce', high: 'amber', full: 'brick' }
const WINDOW_WORDS: Readonly<Record<string, string>> = {
  hour: 'This hour',
  day: 'This day',
  week: 'This week',
  month: 'This month',
}

/** How much of each limit a key has used, and when its window starts anew. */
export function RateGauges({ apiKey }: { apiKey: ApiKeys['apiKeys'][number] }) {
  const now = useNow()
  if (apiKey.gauges.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.all ?? ''}>
        This server sets no limits.
      </Text>
    )
  }
  return (
    <div className={classes.all}>
      {apiKey.gauges.map((gauge) => (
        <GaugeBar key={gauge.window} gauge={gaugeNow(gauge, now)} keyName={apiKey.name} now={now} />
      ))}
    </div>
  )
}

function GaugeBar({ gauge, keyName, now }: { gauge: Gauge; keyName: string; now: number }) {
  const name = WINDOW_WORDS[gauge.window] ?? gauge.window
  const level = gaugeLevel(gauge)
  const used = `${formatCount(gauge.used)} of ${formatCount(gauge.limit)}`
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={4}>
        <Text size="sm">{name}</Text>
        <Text size="sm" className="lw-number" fw={level === 'calm' ? 400 : 650}>
          {used}
        </Text>
      </Group>
      {/* Says what the bar below it shows. */}
      <meter
        className={classes.unseen}
        aria-label={`Calls of ${keyName}, ${name.toLowerCase()}`}
        aria-valuetext={used}
        min={0}
        max={gauge.limit}
        value={gauge.used}
      />
      <Progress.Root size="md" radius="xl" aria-hidden>
        <Progress.Section withAria={false} value={percentOf(gauge)} color={COLORS[level]} />
      </Progress.Root>
      <Text size="xs" c="dimmed" mt={4}>
        {level === 'full' && 'Full: calls are refused. '}
        {gauge.resetsAt === null ? 'Starts with the next call' : `Starts anew ${formatAgo(gauge.resetsAt, now)}`}
      </Text>
    </div>
  )
}

function percentOf({ used, limit }: Gauge): number {
  return Math.min(100, (used / limit) * 100)
}
