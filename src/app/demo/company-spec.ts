import { CONSTRUCTION_TRADES } from './construction-trades.ts'
import { CALGARY_AREA, HAMILTON_AREA, type Place } from './places.ts'
import { RENOVATION_TRADES } from './renovation-trades.ts'
import type { Trade } from './trade.ts'

/** A demo company before it has leads. The e-mail address is what it is recognised by later. */
export interface CompanySpec {
  readonly name: string
  readonly email: string
  readonly userName: string
  readonly seed: number
  readonly places: readonly Place[]
  readonly trades: readonly Trade[]
}

export const DEMO_COMPANIES: readonly CompanySpec[] = [
  {
    name: 'Maple Ridge Renovations',
    email: 'office@maple-ridge.example',
    userName: 'Dana Whitford',
    seed: 20_260_301,
    places: CALGARY_AREA,
    trades: RENOVATION_TRADES,
  },
  {
    name: 'Harbour Bay Construction',
    email: 'office@harbour-bay.example',
    userName: 'Luca Moretti',
    seed: 20_260_302,
    places: HAMILTON_AREA,
    trades: CONSTRUCTION_TRADES,
  },
]
