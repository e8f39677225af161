import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { checkOffer, type Offer, type OfferFields } from '../app/leads/offer-lead.ts'
import { renderText } from '../core/errors.ts'
import { StartError } from '../lib/start-error.ts'
import { type CliIo, readAll } from './io.ts'
import { OFFER_OPTIONS, offerKey, REFERENCE_KEY } from './offer-options.ts'

const FIELDS = new Map(OFFER_OPTIONS.map(({ key, field }) => [key, field]))

/**
 * The offers of a JSON file, or of standard input for "-". All are checked before the first is written, so that a fault
 * in the last one leaves no half of the file in the store.
 */
export async function readOffers(file: string, companyId: number, io: CliIo): Promise<Offer[]> {
  const text = file === '-' ? await readAll(io.stdin) : await readText(path.resolve(io.cwd, file))
  const parsed = parse(text)
  if (!Array.isArray(parsed)) throw new StartError('The offers must be one JSON array.')
  return parsed.map((item: unknown, index) => offerOf(item, `Offer ${index + 1}`, companyId))
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new StartError(`The file of offers cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new StartError(`The offers are not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function offerOf(item: unknown, label: string, companyId: number): Offer {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new StartError(`${label} must be a JSON object.`)
  }
  const fields: { -readonly [F in keyof OfferFields]: unknown } = {}
  let sourceReference: string | undefined
  for (const [key, value] of Object.entries(item)) {
    const field = FIELDS.get(key)
    if (field !== undefined) fields[field] = value
    else if (key !== REFERENCE_KEY) throw new StartError(`${label} has the unknown property "${key}".`)
    else if (typeof value === 'string') sourceReference = value
    else throw new StartError(`${label}: ${REFERENCE_KEY} must be a text.`)
  }
  const checked = checkOffer(fields)
  if (!checked.ok) throw new StartError(`${label}: ${renderText(checked.fault.text, offerKey)}`)
  return { companyId, fields, sourceReference }
}
