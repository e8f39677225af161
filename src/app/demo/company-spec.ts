import { CONSTRUCTION_TRADES } from './construction-trades.ts'
import { CALGARY_AREA, HAMILTON_AREA, type Place } from './places.ts'
import { RENOVATION_TRADES } from './renovation-trades.ts'
import type { Trade } from './trade.ts'

/** A demo company before it has leads. The e-mail address is what it is recognised by later. */
/** What a demo company has set, in the form of `PATCH /v1/company`. */
export interface DemoSettings {
  readonly currency: string
  readonly timeZone: string
  readonly stages: readonly string[]
  readonly form: { readonly title: string; readonly intro: string; readonly thanks: string }
}

export interface CompanySpec {
  readonly name: string
  readonly email: string
  readonly userName: string
  readonly seed: number
  readonly places: readonly Place[]
  readonly trades: readonly Trade[]
  /** Colleagues of the first user, to whom leads can be given. Nobody knows their passwords. */
  readonly members: readonly { readonly name: string; readonly email: string }[]
  readonly settings: DemoSettings
}

export const DEMO_COMPANIES: readonly CompanySpec[] = [
  {
    name: 'Maple Ridge Renovations',
    email: 'office@maple-ridge.example',
    userName: 'Dana Whitford',
    seed: 20_260_301,
    places: CALGARY_AREA,
    trades: RENOVATION_TRADES,
    members: [
      { name: 'Priya Nair', email: 'priya@maple-ridge.example' },
      { name: 'Owen Baptiste', email: 'owen@maple-ridge.example' },
    ],
    settings: {
      currency: 'CAD',
      timeZone: 'America/Edmonton',
      stages: ['First call', 'Site visit', 'Design', 'Pricing', 'Waiting for the customer'],
      form: {
        title: 'Tell us about your renovation',
        intro: 'A few words are enough. We call back within one working day.',
        thanks: 'Thank you! Somebody from Maple Ridge will call you within one working day.',
      },
    },
  },
  {
    name: 'Harbour Bay Construction',
    email: 'office@harbour-bay.example',
    userName: 'Luca Moretti',
    seed: 20_260_302,
    places: HAMILTON_AREA,
    trades: CONSTRUCTION_TRADES,
    members: [
      { name: 'Hannah Schultz', email: 'hannah@harbour-bay.example' },
      { name: 'Marcus Lee', email: 'marcus@harbour-bay.example' },
    ],
    settings: {
      currency: 'CAD',
      timeZone: 'America/Toronto',
      stages: ['Intake', 'Site visit', 'Drawings', 'Permit', 'Pricing'],
      form: {
        title: 'Plan your build with us',
        intro: 'Tell us what you have in mind and where. Photos can follow later.',
        thanks: 'Thank you! We look at every request ourselves and answer within two working days.',
      },
    },
  },
]
