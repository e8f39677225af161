import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'
import { PHONE, settled } from './support.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const lead = await desk.accepted({ firstName: 'Robin', lastName: 'Vance', email: 'robin@vance.example' })
await desk.accepted({ firstName: 'Robin', lastName: 'Vance-Again', email: 'robin@vance.example' })
await expectOk(desk.native('PATCH', `/leads/${lead}`, { body: { notes: 'Rings back after five.', value: '18000' } }))
const file = new FormData()
file.append('file', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'offer.pdf')
await expectOk(desk.vendor('POST', `/general-leads/${lead}/attachments`, { body: file }))

const STOPS_MAX = 150

/** Where the focus is after one press of Tab. */
interface Stop {
  readonly name: string
  readonly zone: 'skip' | 'top' | 'page' | 'bottom'
  /** In the page, not in the window. */
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  readonly isRinged: boolean
  /** What stands before it, in a few words; null when it is in sight. */
  readonly hiddenBy: string | null
}

async function lookAtFocus(): Promise<Stop | null> {
  // What scrolls into view is there with the next picture.
  for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  const focused = document.activeElement
  if (focused === null || focused === document.body) return null
  // The library hides the radio of a switch between words, and rings its label.
  const isHidden = focused instanceof HTMLInputElement && focused.offsetWidth === 0
  const element = isHidden ? (focused.labels?.[0] ?? focused) : focused
  const box = element.getBoundingClientRect()
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  // A link may go over two lines, whose middle is beside it.
  const [line = box] = element.getClientRects()
  const hit = document.elementFromPoint((line.left + line.right) / 2, (line.top + line.bottom) / 2)
  const zones = { page: 'main', top: '[aria-label="Top bar"]', bottom: 'nav' } as const
  const [zone] = (['page', 'top', 'bottom'] as const).filter((each) => focused.closest(zones[each]) !== null)
  return {
    name: (focused.getAttribute('aria-label') ?? element.textContent ?? '').trim() || focused.tagName,
    zone: zone ?? 'skip',
    box: {
      left: box.left + scrollX,
      right: box.right + scrollX,
      top: box.top + scrollY,
      bottom: box.bottom + scrollY,
    },
    isRinged: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    hiddenBy: element.contains(hit) ? null : (hit?.outerHTML.slice(0, 120) ?? 'the edge of the window'),
  }
}

/** Presses Tab until the focus has left the page or is where it began. */
async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  while (stops.length < STOPS_MAX) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(lookAtFocus)
    const isRound = stop !== null && stop.zone === 'skip' && stops.length > 0
    if (stop === null || isRound) return stops
    stops.push(stop)
  }
  throw new Error(`The focus does not come round: ${stops.slice(-6).map(({ name }) => name)}`)
}

/** What has the focus and cannot be seen, with what stands before it. */
function hidden(stops: readonly Stop[]): readonly string[] {
  return stops.flatMap(({ name, hiddenBy }) => (hiddenBy === null ? [] : [`${name}: ${hiddenBy}`]))
}

/** Whether the eye goes back from one to the other: up, or to the left within a row. */
function goesBack({ box: from }: Stop, { box: to }: Stop): boolean {
  if (to.bottom <= from.top + 1) return true
  return to.top < from.bottom - 1 && to.right <= from.left + 1
}

it.each([360, 390])('Tab goes through a lead on a phone of %i pixels as the eye does', async (width) => {
  const viewport = { width, height: PHONE.height }
  const page = await desk.visit(`/leads/${lead}`, { viewport, hasTouch: true, isMobile: true, reducedMotion: 'reduce' })
  await settled(page)
  await page.getByRole('button', { name: 'Delete offer.pdf' }).waitFor()
  await page.getByRole('combobox', { name: 'Assigned to' }).waitFor()
  const stops = await walk(page)

  const zones = stops.map(({ zone }) => zone).filter((zone, place, all) => zone !== all[place - 1])
  expect(zones).toEqual(['skip', 'top', 'page', 'bottom'])
  const inPage = stops.filter(({ zone }) => zone === 'page')
  const back = inPage.flatMap((stop, place) => {
    const before = inPage[place - 1]
    return before !== undefined && goesBack(before, stop) ? [`${before.name} → ${stop.name}`] : []
  })
  expect(back).toEqual([])
  expect(stops.filter(({ isRinged }) => !isRinged).map(({ name }) => name)).toEqual([])
  expect(hidden(stops)).toEqual([])
  const names = inPage.map(({ name }) => name)
  const parts = ['More actions', 'Report what happened', 'Edit request', 'Edit customer', 'Edit notes', 'offer.pdf']
  expect(names.filter((name) => parts.includes(name))).toEqual(parts)
  await page.context().close()
})

it.each(['/', '/board', '/leads', '/reports', '/settings/users', '/settings/follow-up', '/settings/lists'])(
  'the focus goes through %s on a phone without being caught or hidden',
  async (address) => {
    const page = await desk.visit(address, { viewport: PHONE, hasTouch: true, isMobile: true, reducedMotion: 'reduce' })
    await settled(page)
    const stops = await walk(page)
    expect(stops.at(-1)?.zone).toBe('bottom')
    expect(hidden(stops)).toEqual([])
    await page.context().close()
  },
)
