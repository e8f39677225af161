import type { Trade } from './trade.ts'

/** What the demo's construction company is asked for. */
export const CONSTRUCTION_TRADES: readonly Trade[] = [
  {
    category: 'Roofing',
    valueRange: [7_500, 34_000],
    situations: [
      'After the last storm we found shingles all over the lawn.',
      'There is a brown ring on the bedroom ceiling that grows with every rain.',
      'The roof is from {year} as far as we know and the edges are curling.',
      'Our insurance company wants the roof replaced before they renew.',
      'Ice dams took down a piece of the gutter last winter.',
    ],
    wants: [
      'We would like a quote for a full tear-off and new shingles, about {area} square feet.',
      'Please quote asphalt and metal so that we can compare.',
      'We need somebody to find the leak and fix it before it gets worse.',
      'Looking for a new roof with better attic ventilation and two skylights.',
    ],
    details: [
      'There are two layers up there already.',
      'It is a bungalow and easy to reach from the driveway.',
      'The chimney flashing looks bad too.',
      'We have photos from a drone.',
    ],
  },
  {
    category: 'Deck and patio',
    valueRange: [6_000, 42_000],
    situations: [
      'Our deck is soft in places and I would not let anybody dance on it.',
      'We have a walk-out to nothing: the builder left a door and no steps.',
      'The backyard slopes and we cannot use most of it.',
      'The deck was built in {year} without a permit, as we found out.',
      'The patio stones have sunk and the water runs to the house.',
    ],
    wants: [
      'We would like a composite deck, {feet} by {feet} feet, with stairs and a railing.',
      'We want a cedar deck with a privacy wall and a gas line for the barbecue.',
      'Looking for interlock, about {area} square feet, and a low retaining wall.',
      'Please quote for taking the old deck out and a new one with a pergola.',
    ],
    details: [
      'The deck is about {count} feet off the ground.',
      'Access is through a gate of a metre.',
      'There is a maple that has to stay.',
      'The hot tub needs its own footing.',
    ],
  },
  {
    category: 'Home addition',
    valueRange: [85_000, 380_000],
    situations: [
      'A third child is on the way and we do not want to leave the neighbourhood.',
      'My parents will move in with us and need a bedroom on the ground floor.',
      'We have a one and a half storey from {year} and bump our heads upstairs.',
      'We love the lot but the house is too small.',
    ],
    wants: [
      'We are thinking of a two storey addition at the back, about {area} square feet.',
      'We want to lift the roof and add a full second floor.',
      'We would like a ground floor suite with its own bathroom and small kitchen.',
      'Looking for a sunroom that can be used all year, {feet} by {feet} feet.',
    ],
    details: [
      'An architect has made a first sketch.',
      'The conservation authority may have a say here.',
      'We would need to live in the house during the work.',
      'The neighbour had something similar built and it passed.',
    ],
  },
  {
    category: 'Garage',
    valueRange: [22_000, 96_000],
    situations: [
      'Our garage leans and the door no longer closes.',
      'There is only a gravel pad where the garage used to be.',
      'I restore old cars and work in the driveway.',
      'The garage slab has cracked right through the middle.',
    ],
    wants: [
      'We would like a detached double garage, {feet} by {feet} feet, with power.',
      'Please quote for demolition of the old one and a new one on the same spot.',
      'Looking for a garage with a loft for an office above.',
      'We want a heated garage with a floor drain and a high ceiling.',
    ],
    details: [
      'There is a lane at the back.',
      'I would do the inside finishing myself.',
      'We need the permit handled.',
      'There should be a charger for a car.',
    ],
  },
  {
    category: 'Siding and eavestrough',
    valueRange: [5_500, 39_000],
    situations: [
      'The aluminum siding on our house is from {year} and chalky all over.',
      'Woodpeckers made {count} holes in our cedar siding.',
      'The eavestrough overflows right over the front door.',
      'The wind took a strip of siding off the gable.',
    ],
    wants: [
      'We would like fibre cement on all four sides.',
      'Please quote for vinyl siding with an inch and a half of insulation below.',
      'Looking for new eavestrough with guards, about {area} feet in all.',
      'We want siding, soffit, fascia and eavestrough done in one go.',
    ],
    details: [
      'It is a semi, the other half is not interested.',
      'The hydro mast has to be moved a little.',
      'There is vermiculite in the attic, in case it matters.',
      'We like the dark colours.',
    ],
  },
  {
    category: 'Foundation repair',
    valueRange: [4_000, 68_000],
    situations: [
      'There is a crack in the foundation wall from the window to the floor.',
      'We get water in the basement in the same corner every spring.',
      'The basement wall bows inwards a little and the paint peels.',
      'The house is from {year} and the basement smells of damp.',
    ],
    wants: [
      'We need the wall repaired and waterproofed from outside.',
      'Please quote for weeping tile and a sump pump.',
      'We would like to know what it needs, and a price for doing it properly.',
      'While at it we think of underpinning, to get a basement of full height.',
    ],
    details: [
      'A home inspector wrote a report that I can send.',
      'The gas line runs along that side.',
      'It is a block foundation.',
      'The basement is not finished, so the walls are open.',
    ],
  },
  {
    category: 'Concrete work',
    valueRange: [3_500, 32_000],
    situations: [
      'The front steps have moved away from the house by two inches.',
      'The driveway has heaved so much that the snow blower catches.',
      'The walkway to the side door is broken in {count} places.',
      'The porch was poured in {year} and the edge comes off in pieces.',
    ],
    wants: [
      'We would like new concrete steps and a walkway of about {feet} feet.',
      'We want the driveway redone in exposed concrete, about {area} square feet.',
      'Please quote for repair and for new, whichever makes sense.',
      'Looking for stamped concrete from the street to the door.',
    ],
    details: [
      'The neighbour shares the driveway.',
      'The water should run to the street afterwards.',
      'There is a railing that can be used again.',
      'My father uses a walker, so a ramp would help.',
    ],
  },
]
