export interface CurrencyOption {
  readonly value: string
  readonly label: string
}

/** Every currency that the browser knows, with its name in the reader's language; `current` is always among them. */
export function currencyOptions(current: string): readonly CurrencyOption[] {
  const names = new Intl.DisplayNames(undefined, { type: 'currency' })
  const codes = new Set([...Intl.supportedValuesOf('currency'), current])
  return [...codes].sort().map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` }))
}
