/** The middle value; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** "12,345" from 100 on, three significant digits below. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** "median (least to most)"; the bare value when there is one. */
export function formatSpread(values: readonly number[]): string {
  const shown = formatNumber(median(values))
  if (values.length < 2) return shown
  return `${shown} (${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))})`
}

/** A Markdown table with aligned columns. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => [...(row[column] ?? '')].length)))
  const pad = (text: string, width: number) => text + ' '.repeat(width - [...text].length)
  const line = (row: readonly string[]) => `| ${widths.map((width, i) => pad(row[i] ?? '', width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
