import type { SeededRandom } from '../../lib/seeded-random.ts'
import type { Place } from './places.ts'

const FIRST_NAMES = words(`Aaliyah Adrian Alice Amandeep Amelia Andre Anita Antoine Ashley Ben Brenda Brian Camille
  Carlos Chantal Chloe Colleen Craig Daniel Danielle Darlene Deepak Derek Diane Dmitri Eleanor Emma Erin Fatima Gary
  Gordon Grace Gurpreet Hannah Harold Heather Ian Imran Ingrid Isabelle Jacob Janet Jasmine Jennifer Jérôme Joanne
  Jordan Karen Keisha Kevin Laura Leah Li Linda Logan Lorraine Luc Madison Marcus Maria Marie Matthew Megan Mei Michael
  Mohamed Monique Nadia Nathan Noah Olena Olivia Omar Patricia Paul Priya Rachel Rahul Raymond Renée Robert Rosa Ryan
  Samantha Sanjay Scott Sébastien Shannon Sofia Stephen Susan Tanya Thomas Tyler Vanessa Victor Wendy William Xin Yusuf
  Zoë`)
const LAST_NAMES = words(`Ahmed Anderson Arsenault Bailey Beaulieu Bélanger Bergeron Blackwood Bouchard Brar Brown
  Campbell Cardinal Chan Chen Clarke Cooper Côté Crawford Dhillon Doyle Dubois Elliott Evans Ferreira Findlay Fontaine
  Fraser Friesen Gagnon Garcia Gauthier Gill Graham Grant Haddad Hall Harris Hassan Henderson Hoang Hughes Ivanov
  Jackson Jensen Johal Johnston Kaur Kelly Khan Kim Kovalenko Kowalski Lam Lapointe Lavoie Leblanc Lee Macdonald Mackay
  Malik Marchand Martin Mcintyre Mitchell Moore Morin Murphy Nguyen Novak Oliveira Osei Park Patel Pelletier Pereira
  Petrov Poirier Reid Reyes Richardson Rossi Roy Sandhu Schmidt Sharma Sinclair Singh Smith Stewart Sutherland Tanaka
  Taylor Thompson Tremblay Tran Walker Watson White Whitehead Wilson Wong Wu Young Zhang`)

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}

/** Who asks and where, in the fields of the lead. */
export interface Homeowner {
  readonly firstName: string
  readonly lastName: string
  readonly displayName: string
  readonly email: string
  readonly phone: string
  readonly mobilePhone: string | null
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly country: string
}

/**
 * Draws homeowners, no name twice. Telephone numbers lie in 555-0100 to 555-0199 and addresses at example.com and
 * example.org, which belong to nobody.
 */
export function makeHomeowners(random: SeededRandom, places: readonly Place[]): () => Homeowner {
  const taken = new Set<string>()
  return () => {
    const [firstName, lastName] = drawName(random, taken)
    const place = random.pick(places)
    return {
      firstName,
      lastName,
      displayName: `${firstName} ${lastName}`,
      email: emailOf(random, firstName, lastName),
      phone: phoneIn(random, place),
      mobilePhone: random.chance(0.35) ? phoneIn(random, place) : null,
      address: `${random.integer(4, 980)} ${random.pick(place.streets)}`,
      city: place.city,
      state: place.state,
      zip: zipIn(random, place),
      country: 'Canada',
    }
  }
}

function drawName(random: SeededRandom, taken: Set<string>): [first: string, last: string] {
  for (;;) {
    const first = random.pick(FIRST_NAMES)
    const last = random.pick(LAST_NAMES)
    if (taken.has(`${first} ${last}`)) continue
    taken.add(`${first} ${last}`)
    return [first, last]
  }
}

function emailOf(random: SeededRandom, firstName: string, lastName: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()
  const [first, last] = [plain(firstName), plain(lastName)]
  const local = random.pick([`${first}.${last}`, `${first}${last}`, `${first.charAt(0)}.${last}`, `${last}.${first}`])
  return `${local}@${random.pick(['example.com', 'example.org'])}`
}

function phoneIn(random: SeededRandom, place: Place): string {
  return `${random.pick(place.areaCodes)}-555-01${String(random.integer(0, 99)).padStart(2, '0')}`
}

/** Canada Post uses no D, F, I, O, Q or U. */
const POSTAL_LETTERS = 'ABCEGHJKLMNPRSTVWXYZ'.split('')

function zipIn(random: SeededRandom, place: Place): string {
  const area = random.pick(place.postalAreas)
  return `${area} ${random.integer(1, 9)}${random.pick(POSTAL_LETTERS)}${random.integer(0, 9)}`
}
