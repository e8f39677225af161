import { formatSpread, formatTable, median } from './statistics.ts'

export interface Target {
  readonly what: string
  readonly wanted: string
  /** One a round, or one for the whole run. */
  readonly values: readonly number[]
  readonly verdict: (median: number) => string
}

export function atLeast(what: string, limit: number, values: readonly number[]): Target {
  return { what, wanted: `${limit} or more`, values, verdict: (value) => (value >= limit ? 'met' : 'NOT MET') }
}

export function atMost(what: string, limit: number, values: readonly number[]): Target {
  return { what, wanted: `${limit} or less`, values, verdict: (value) => (value <= limit ? 'met' : 'NOT MET') }
}

/** A figure that helps to read the others and has no target. */
export function forInformation(what: string, values: readonly number[]): Target {
  return { what, wanted: '', values, verdict: () => '' }
}

/** Targets with what was measured; those whose slots were left out are not shown. */
export function targetTable(targets: readonly Target[]): string {
  const rows = targets
    .filter(({ values }) => values.length > 0)
    .map(({ what, wanted, values, verdict }) => [what, wanted, formatSpread(values), verdict(median(values))])
  return formatTable(['target', 'wanted', 'measured', ''], rows)
}
