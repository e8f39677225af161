import type { SeededRandom } from '../../lib/seeded-random.ts'
import { CLOSINGS, HOUSES, START_WISHES, TIMING } from './phrases.ts'
import type { Trade } from './trade.ts'

/** What a homeowner asks for. */
export interface JobRequest {
  readonly category: string
  readonly originalDescription: string
  readonly projectDetailsHtml: string | null
  /** What the job is worth, in whole dollars; nobody has said it yet. */
  readonly worth: number
}

/** Makes up a request in a homeowner's words; about two of three also have the details of an online form, as HTML. */
export function makeJobRequest(random: SeededRandom, trades: readonly Trade[]): JobRequest {
  const trade = random.pick(trades)
  const year = random.integer(1948, 2006)
  const fill = (text: string) => fillNumbers(random, text, year)
  const sentences = [fill(random.pick(trade.situations)), fill(random.pick(trade.wants))]
  if (random.chance(0.65)) sentences.push(fill(random.pick(trade.details)))
  if (random.chance(0.6)) sentences.push(random.pick(TIMING))
  if (random.chance(0.45)) sentences.push(random.pick(CLOSINGS))
  const worth = makeWorth(random, trade)
  return {
    category: trade.category,
    originalDescription: sentences.join(' '),
    projectDetailsHtml: random.chance(0.65) ? makeDetails(random, { category: trade.category, worth, year }) : null,
    worth,
  }
}

function fillNumbers(random: SeededRandom, text: string, year: number): string {
  const numbers: Readonly<Record<string, () => number>> = {
    year: () => year,
    feet: () => random.integer(10, 18),
    area: () => random.integer(9, 70) * 20,
    count: () => random.integer(3, 9),
  }
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(numbers[name]?.() ?? ''))
}

/** Small jobs are commoner than large ones. */
function makeWorth(random: SeededRandom, { valueRange: [min, max] }: Trade): number {
  const share = Math.min(random.integer(0, 1000), random.integer(0, 1000)) / 1000
  return roundTo(min + share * (max - min), 100)
}

export function roundTo(amount: number, step: number): number {
  return Math.round(amount / step) * step
}

function makeDetails(
  random: SeededRandom,
  { category, worth, year }: { category: string; worth: number; year: number },
): string {
  const dollars = (amount: number) => `$${amount.toLocaleString('en-CA')}`
  const budget = `${dollars(roundTo(worth * 0.8, 1000))} to ${dollars(roundTo(worth * 1.25, 1000) + 1000)}`
  const items = [
    ['Home', `${random.pick(HOUSES)}, built ${year}`],
    ['Budget', random.chance(0.7) ? budget : 'Not sure'],
    ['Start', random.pick(START_WISHES)],
    ['Owner of the home', random.chance(0.92) ? 'Yes' : 'Buying it'],
  ]
  const list = items.map(([label, text]) => `<li><strong>${label}:</strong> ${text}</li>`).join('')
  return `<p>${category}</p><ul>${list}</ul>`
}
