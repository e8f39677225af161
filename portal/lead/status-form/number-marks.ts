import { userLanguages } from '../../languages.ts'

/** How the user's language writes numbers: "18,500.00" or "18 500,00". */
export interface NumberMarks {
  readonly thousandSeparator: string
  readonly decimalSeparator: string
  /** What begins the decimals as it is typed. Left to itself, the input would take "18,500" for 18 and a half. */
  readonly allowedDecimalSeparators: string[]
}

export function numberMarks(): NumberMarks {
  const parts = new Intl.NumberFormat(userLanguages()).formatToParts(1_234_567.8)
  const mark = (type: string) => parts.find((part) => part.type === type)?.value
  const [thousandSeparator, decimalSeparator] = [mark('group') ?? ',', mark('decimal') ?? '.']
  // Keypads have a point where nothing else means one.
  const point = thousandSeparator === '.' ? [] : ['.']
  return { thousandSeparator, decimalSeparator, allowedDecimalSeparators: [decimalSeparator, ...point] }
}

/** "$" for CAD and USD, "€" for EUR. */
export function currencySign(currency: string): string {
  const format = new Intl.NumberFormat(userLanguages(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
}
