/** How the user's language writes numbers: "18,500.00" or "18 500,00". */
export function numberMarks(): { thousandSeparator: string; decimalSeparator: string } {
  const parts = new Intl.NumberFormat(navigator.languages).formatToParts(1_234_567.8)
  const mark = (type: string) => parts.find((part) => part.type === type)?.value
  return { thousandSeparator: mark('group') ?? ',', decimalSeparator: mark('decimal') ?? '.' }
}

/** "$" for CAD and USD, "€" for EUR. */
export function currencySign(currency: string): string {
  const format = new Intl.NumberFormat(navigator.languages, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
}
