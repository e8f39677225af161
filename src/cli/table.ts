/** Rows as text with aligned columns; `none` when there are no rows. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], none = '(none)'): string {
  if (rows.length === 0) return none
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Labelled values, one a line. */
export function formatPairs(pairs: readonly (readonly [label: string, value: string | number])[]): string {
  const width = Math.max(...pairs.map(([label]) => label.length))
  return pairs.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n')
}
