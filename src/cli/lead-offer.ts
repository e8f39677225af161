import type { App } from '../app/app.ts'
import { type Offer, type OfferFields, offerLead } from '../app/leads/offer-lead.ts'
import type { Lead } from '../core/lead/lead.ts'
import { StartError } from '../lib/start-error.ts'
import { addCommand, type CommandInput, type Group } from './command.ts'
import { explain } from './explain.ts'
import type { CliIo } from './io.ts'
import { OFFER_OPTIONS, REFERENCE_KEY } from './offer-options.ts'
import { readOffers } from './offers-file.ts'
import { companyOption, type OptionValues, optionName, textOption } from './options.ts'
import { formatTable } from './table.ts'
import { withApp } from './with-app.ts'

/** Offers under way at once; the writer takes them as one batch. */
const TOGETHER = 200

export function addLeadOffer(group: Group): void {
  addCommand(group, {
    name: 'offer',
    summary: 'Offer a lead to a company, or many from a file.',
    example:
      "lead offer --company 1001 --first-name Jordan --last-name Miller --email jordan@mail.example --city Calgary --category 'Kitchen renovation'",
    options: [
      companyOption(),
      ...OFFER_OPTIONS.map(({ key, help }) => textOption(`${optionName(key)} <text>`, help)),
      textOption(`${optionName(REFERENCE_KEY)} <text>`, 'what the marketplace calls this lead'),
      textOption(
        '--file <path>',
        'a JSON array of offers, or - for standard input; each an object with the names of these options in camel case',
      ),
    ],
    run: (input, io) => (input.options.findText('file') === undefined ? offerOne(input, io) : offerMany(input, io)),
  })
}

async function offerOne({ options }: CommandInput, io: CliIo) {
  const offer = offerOf(options)
  const lead = await withApp(io, (app) => offerLead(app, offer))
  return { json: shown(lead), text: `Lead ${lead.id} is offered to company ${lead.companyId}.` }
}

function offerOf(options: OptionValues): Offer {
  const fields: { -readonly [F in keyof OfferFields]: unknown } = {}
  for (const { key, field } of OFFER_OPTIONS) {
    const value = options.findText(key)
    if (value !== undefined) fields[field] = value
  }
  return { companyId: options.number('company'), fields, sourceReference: options.findText(REFERENCE_KEY) }
}

async function offerMany({ options }: CommandInput, io: CliIo) {
  const offers = await readOffers(options.text('file'), options.number('company'), io)
  const leads = await withApp(io, (app) => offerAll(app, offers))
  const rows = leads.map((lead) => [String(lead.id), lead.displayName ?? '', lead.category ?? ''])
  return { json: { leads: leads.map(shown) }, text: formatTable(['ID', 'CUSTOMER', 'CATEGORY'], rows) }
}

/** Each offer is a change of its own: when one fails, those before it stay, and the error says how many. */
async function offerAll(app: App, offers: readonly Offer[]): Promise<Lead[]> {
  const made: Lead[] = []
  for (let start = 0; start < offers.length; start += TOGETHER) {
    const together = offers.slice(start, start + TOGETHER).map((offer) => offerLead(app, offer))
    const settled = await Promise.allSettled(together)
    made.push(...settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
    const fault = settled.find((result) => result.status === 'rejected')
    if (fault === undefined) continue
    if (made.length === 0) throw fault.reason
    const reason = explain(fault.reason)
    throw new StartError(`Only ${made.length} of ${offers.length} offers were written: ${reason}`, {
      cause: fault.reason,
    })
  }
  return made
}

function shown({ id, companyId, action, status, displayName, category, sourceReference, createdAt }: Lead) {
  return { id, companyId, action, status, displayName, category, reference: sourceReference, createdAt }
}
