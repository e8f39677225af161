/** A town that a demo company serves: telephone area codes, first halves of postal codes, streets. */
export interface Place {
  readonly city: string
  readonly state: string
  readonly areaCodes: readonly string[]
  readonly postalAreas: readonly string[]
  readonly streets: readonly string[]
}

const CALGARY_CODES = ['403', '587', '825'] as const
const HAMILTON_CODES = ['905', '289', '365'] as const

const calgary: Place = {
  city: 'Calgary',
  state: 'AB',
  areaCodes: CALGARY_CODES,
  postalAreas: ['T2E', 'T2G', 'T2J', 'T2K', 'T2N', 'T2S', 'T2T', 'T2V', 'T2X', 'T2Z', 'T3A', 'T3B', 'T3C', 'T3E'],
  streets: [
    'Elbow Drive SW',
    'Northmount Drive NW',
    'Kensington Road NW',
    'Acadia Drive SE',
    'Lake Bonavista Drive SE',
    'Varsity Drive NW',
    'Rundlehorn Drive NE',
    'Cambrian Drive NW',
    'Richmond Road SW',
    'Palliser Drive SW',
    'Ranchlands Boulevard NW',
    '14 Street NW',
    '26 Avenue SW',
    'Cranston Avenue SE',
  ],
}

/** Calgary three times: most of the work is in town. */
export const CALGARY_AREA: readonly Place[] = [
  calgary,
  calgary,
  calgary,
  {
    city: 'Airdrie',
    state: 'AB',
    areaCodes: CALGARY_CODES,
    postalAreas: ['T4A', 'T4B'],
    streets: ['Kings Heights Road SE', 'Woodside Drive NW', 'Bayside Landing SW', 'Reunion Gateway NW'],
  },
  {
    city: 'Cochrane',
    state: 'AB',
    areaCodes: CALGARY_CODES,
    postalAreas: ['T4C'],
    streets: ['Glenbow Drive', 'Riverview Place', 'Sunset Common', 'Gleneagles Boulevard'],
  },
  {
    city: 'Okotoks',
    state: 'AB',
    areaCodes: CALGARY_CODES,
    postalAreas: ['T1S'],
    streets: ['Cimarron Drive', 'Sandstone Crescent', 'Crystal Shores Drive', 'Elizabeth Street'],
  },
  {
    city: 'Chestermere',
    state: 'AB',
    areaCodes: CALGARY_CODES,
    postalAreas: ['T1X'],
    streets: ['Rainbow Falls Boulevard', 'West Creek Drive', 'Kinniburgh Boulevard'],
  },
]

const hamilton: Place = {
  city: 'Hamilton',
  state: 'ON',
  areaCodes: HAMILTON_CODES,
  postalAreas: ['L8H', 'L8K', 'L8L', 'L8M', 'L8N', 'L8P', 'L8S', 'L8T', 'L8V', 'L9A', 'L9B', 'L9C'],
  streets: [
    'Locke Street South',
    'Concession Street',
    'Aberdeen Avenue',
    'Mohawk Road West',
    'Ottawa Street North',
    'Fennell Avenue East',
    'Sherman Avenue South',
    'Upper Paradise Road',
    'Herkimer Street',
    'Delaware Avenue',
    'Limeridge Road East',
    'Dundurn Street South',
  ],
}

export const HAMILTON_AREA: readonly Place[] = [
  hamilton,
  hamilton,
  {
    city: 'Burlington',
    state: 'ON',
    areaCodes: HAMILTON_CODES,
    postalAreas: ['L7L', 'L7M', 'L7N', 'L7R', 'L7S', 'L7T'],
    streets: ['Brant Street', 'New Street', 'Guelph Line', 'Spruce Avenue', 'Headon Road', 'Lakeshore Road'],
  },
  {
    city: 'Stoney Creek',
    state: 'ON',
    areaCodes: HAMILTON_CODES,
    postalAreas: ['L8E', 'L8G', 'L8J'],
    streets: ['Green Mountain Road', 'Dewitt Road', 'Lake Avenue Drive', 'Gray Road'],
  },
  {
    city: 'Ancaster',
    state: 'ON',
    areaCodes: HAMILTON_CODES,
    postalAreas: ['L9G', 'L9K'],
    streets: ['Wilson Street East', 'Fiddlers Green Road', 'Golf Links Road', 'Sulphur Springs Road'],
  },
  {
    city: 'Dundas',
    state: 'ON',
    areaCodes: HAMILTON_CODES,
    postalAreas: ['L9H'],
    streets: ['Governors Road', 'Sydenham Street', 'Melville Street', 'Park Street West'],
  },
  {
    city: 'Grimsby',
    state: 'ON',
    areaCodes: HAMILTON_CODES,
    postalAreas: ['L3M'],
    streets: ['Livingston Avenue', 'Kerman Avenue', 'Nelles Road North', 'Ridge Road West'],
  },
]
