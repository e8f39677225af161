import type { ApiKey } from '../../api/types.ts'

export type Gauge = ApiKey['gauges'][number]
export type GaugeLevel = 'calm' | 'high' | 'full'

const HIGH_SHARE = 0.8

/** The gauge as it stands now: a window that is over counts nothing, though the answer was read before its end. */
export function gaugeNow(gauge: Gauge, nowMs: number): Gauge {
  const over = gauge.resetsAt !== null && Date.parse(gauge.resetsAt) <= nowMs
  return over ? { ...gauge, used: 0, resetsAt: null } : gauge
}

export function gaugeLevel({ used, limit }: Pick<Gauge, 'used' | 'limit'>): GaugeLevel {
  if (used >= limit) return 'full'
  return used >= limit * HIGH_SHARE ? 'high' : 'calm'
}
