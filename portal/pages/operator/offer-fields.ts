export interface OfferFields {
  firstName: string
  lastName: string
  email: string
  phone: string
  address: string
  city: string
  state: string
  zip: string
  category: string
  originalDescription: string
}

export const EMPTY_OFFER: OfferFields = {
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  address: '',
  city: '',
  state: '',
  zip: '',
  category: '',
  originalDescription: '',
}

/** An offer has to name somebody; null when it does. */
export function offerFault({ firstName, lastName, email, phone }: OfferFields): string | null {
  const isNamed = [firstName, lastName, email, phone].some((text) => text.trim() !== '')
  return isNamed ? null : 'Enter a name, an e-mail address or a phone number.'
}

/** What is filled in, trimmed. */
export function offerOf(fields: object): Record<string, string> {
  const entries = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value).trim()])
  return Object.fromEntries(entries.filter(([, text]) => text !== ''))
}
