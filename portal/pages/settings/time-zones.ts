export interface ZoneOption {
  readonly value: string
  readonly label: string
}

/**
 * Every time zone that the browser knows, each with its present offset, so that a search finds "Toronto" and "-05:00".
 * `current` is among them even when the browser does not list it.
 */
export function zoneOptions(current: string, now: Date): readonly ZoneOption[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current])
  return [...names].sort().map((value) => ({ value, label: zoneLabel(value, now) }))
}

function zoneLabel(zone: string, now: Date): string {
  if (zone === 'UTC') return zone
  const name = zone.replaceAll('_', ' ')
  try {
    const shape = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    const offset = shape.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    return `${name} (${offset.replace('GMT', 'UTC')})`
  } catch {
    return name
  }
}
