import type { Trade } from './trade.ts'

/** What the demo's renovation company is asked for. */
export const RENOVATION_TRADES: readonly Trade[] = [
  {
    category: 'Kitchen renovation',
    valueRange: [18_000, 85_000],
    situations: [
      'Our kitchen is still the original from {year} and the cabinet doors are falling off.',
      'We cook a lot and the galley kitchen is just too tight for two people.',
      'The island in our kitchen was done by the previous owner and nothing lines up.',
      'A leak under the sink ruined two lower cabinets and part of the floor.',
      'We bought this house in spring and the kitchen is the last room nobody has touched since {year}.',
    ],
    wants: [
      'We would like new cabinets, quartz counters and a proper pantry.',
      'The idea is to take out the wall to the dining room and put in an island with seating for four.',
      'We want to keep the layout but replace cabinets, counters and backsplash.',
      'Looking for someone to do everything, from design to electrical to the tile.',
      'We need about {feet} feet of counter, soft-close drawers and better lighting.',
    ],
    details: [
      'The appliances are new and stay.',
      'There is a window over the sink that we would like to make bigger.',
      'I have rough drawings from a designer.',
      'The wall might be load bearing, we are not sure.',
    ],
  },
  {
    category: 'Bathroom renovation',
    valueRange: [9_000, 38_000],
    situations: [
      'The upstairs bathroom has a fibreglass tub from {year} and the grout is black.',
      'My mother is moving in with us and cannot step over the tub any more.',
      'There is a soft spot in the floor beside the toilet.',
      'Our ensuite shower leaks into the kitchen ceiling below.',
      'We have three teenagers and one bathroom with a single sink.',
    ],
    wants: [
      'We would like a walk-in shower with a glass door and a bench.',
      'Please quote for a full gut: tub, tile, vanity, toilet, fan and floor.',
      'We want a double vanity and heated floor.',
      'Looking for a curbless shower with grab bars and a higher toilet.',
      'We would like to turn the linen closet into part of the room, about {feet} square feet more.',
    ],
    details: [
      'The fan does not vent outside at the moment.',
      'We already bought the tile, it is in the garage.',
      'It is the only full bathroom, so how long it is out of use matters.',
      'The house has the old galvanized pipes.',
    ],
  },
  {
    category: 'Basement development',
    valueRange: [28_000, 95_000],
    situations: [
      'Our basement is unfinished, about {area} square feet with nine foot ceilings.',
      'The basement was finished around {year} with wood panelling and a drop ceiling.',
      'The kids need a place of their own and the basement is just storage now.',
      'We work from home, both of us, and the dining table is not an office.',
      'We had water in the basement two years ago; the foundation was fixed, but the walls are still open.',
    ],
    wants: [
      'We would like a family room, one bedroom with a proper egress window and a bathroom.',
      'The plan is a legal secondary suite with its own entrance.',
      'We want an office, a small gym and more storage.',
      'Looking for framing, insulation, drywall, electrical and flooring, with permits.',
      'We want a media room, a wet bar and a three piece bathroom.',
    ],
    details: [
      'The bathroom is roughed in already.',
      'The furnace was moved last year, so the space is open.',
      'We want good sound insulation towards upstairs.',
      'The panel has room for more circuits, I think.',
    ],
  },
  {
    category: 'Windows and doors',
    valueRange: [4_500, 32_000],
    situations: [
      'Half of our windows are fogged between the panes.',
      'The windows are wooden ones from {year} and we feel the draft in every room.',
      'A hail storm cracked two windows and dented the front door.',
      'The patio door sticks so badly that we use the side door now.',
      'Our heating bill last winter was ridiculous and the windows are original.',
    ],
    wants: [
      'We would like a quote for {count} windows, triple pane, white outside.',
      'We want to replace the sliding door with a French door and do the front door too.',
      'Looking to replace all windows on the main floor now and upstairs next year.',
      'Please quote both vinyl and fibreglass for {count} windows.',
      'We want one large window in the living room instead of three small ones.',
    ],
    details: [
      'The trim inside should be kept if possible.',
      'It is stucco outside, so please say how you would handle that.',
      'We read about a rebate and would need the paperwork.',
      'Two of them are in the basement and need to be egress size.',
    ],
  },
  {
    category: 'Flooring',
    valueRange: [3_500, 24_000],
    situations: [
      'We have carpet from {year} on the whole main floor and a new dog.',
      'The laminate in the hallway has swollen and lifts at the joints.',
      'There is oak under the carpet, we found it when we moved a closet.',
      'The floor upstairs squeaks so much that it wakes the baby.',
      'We took out a wall ourselves and now there is a gap in the hardwood.',
    ],
    wants: [
      'We want luxury vinyl plank through the main floor, about {area} square feet.',
      'Please quote for refinishing about {area} square feet of hardwood and the stairs.',
      'We would like engineered oak in the living room and tile at the entrance.',
      'Looking for removal of the carpet, levelling and a new floor in {count} rooms.',
    ],
    details: [
      'The furniture can go to the garage.',
      'The stairs have {count} steps and a landing.',
      'Somebody should look at the subfloor first.',
      'We can be out of the house for a week.',
    ],
  },
  {
    category: 'Interior painting',
    valueRange: [2_200, 12_000],
    situations: [
      'We close on a house at the end of the month and would like it painted before moving in.',
      'The walls have been the same beige since {year}.',
      'We had the plumbing replaced and there are patches in {count} walls.',
      'The living room ceiling has old popcorn texture.',
    ],
    wants: [
      'Please quote for walls, ceilings and trim on two floors.',
      'We want the texture gone, the ceiling smooth and everything painted.',
      'We would like {count} rooms painted, with one accent wall each.',
      'Looking for kitchen cabinets to be sprayed and the walls done at the same time.',
    ],
    details: [
      'The stairwell is about {feet} feet high.',
      'We need low-odour paint, there is a newborn in the house.',
      'Colours are chosen.',
      'The house is empty until we move in.',
    ],
  },
]
