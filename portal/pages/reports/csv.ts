export type CsvCell = string | number | null

/**
 * Rows as a CSV file (RFC 4180) for spreadsheets: with a byte order mark, or Excel would take UTF-8 for the code page
 * of the machine. Numbers are written plain, with a point.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(cellText).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  return quoted(inert(cell))
}

/**
 * A text that a spreadsheet would run as a formula (a lead's category may be anybody's words) gets an apostrophe in
 * front, by which spreadsheets know a text.
 */
function inert(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n;\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/** A file name of a report: words and days only. */
export function csvName(title: string, from: string, to: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return `leadwright-${words}-${from}-to-${to}.csv`
}
