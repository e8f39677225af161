import { useSession } from '../api/queries/session.ts'
import { formatMoney, formatMoneyShort } from '../format.ts'

/** The company's currency. */
export function useCurrency(): string {
  return useSession().company?.currency ?? 'USD'
}

/** An amount such as "18500.00" in the company's currency and the user's notation; a dash for none. */
export function MoneyText({ amount, short = false }: { amount: string | null; short?: boolean }) {
  const currency = useCurrency()
  if (amount === null) return <span>–</span>
  return <span className="lw-number">{short ? formatMoneyShort(amount, currency) : formatMoney(amount, currency)}</span>
}
