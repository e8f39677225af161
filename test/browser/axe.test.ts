import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { makeStage, PHONE, settled, signIn } from './support.ts'
import { violations } from './violations.ts'

const stage = await makeStage({ SECRET_KEY: 'a key of at least 32 characters for tests' })
afterAll(() => stage.close())

await stage.server.offer(stage.company.companyId)
const lead = await stage.server.offer(stage.company.companyId, { firstName: 'Robin' })

const INSIDE = [
  '/',
  '/board',
  '/leads',
  `/leads/${lead}`,
  '/reports',
  '/settings/profile',
  '/settings/company',
  '/settings/follow-up',
  '/settings/lists',
  '/settings/users',
  '/settings/access',
  '/settings/webhooks',
  '/settings/connections',
  '/settings/form',
  '/conflicts',
]
const OUTSIDE = ['/sign-in', '/forgot-password', '/reset-password/unknown', '/invitation/unknown']

/** What is found on each page, under its address: all of it at once, and nothing of pages that are in order. */
async function findings<T>(page: Page, addresses: readonly string[], look: (page: Page) => Promise<readonly T[]>) {
  const found: Record<string, readonly T[]> = {}
  for (const address of addresses) {
    await page.goto(address)
    await settled(page)
    const here = await look(page)
    if (here.length > 0) found[address] = here
  }
  return found
}

/** Pixels that the page is wider than the screen. */
async function overflow(page: Page): Promise<number[]> {
  const pixels = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  return pixels > 0 ? [pixels] : []
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('no page that is open to all has a serious violation', async () => {
    const page = await stage.open({ colorScheme })
    expect(await findings(page, OUTSIDE, violations)).toEqual({})
    await page.context().close()
  })

  it('no page behind the log-in has a serious violation', async () => {
    const page = await stage.openSignedIn('/', { colorScheme })
    expect(await findings(page, INSIDE, violations)).toEqual({})
    await page.context().close()
  })

  it('no page of the operator has a serious violation', async () => {
    const page = await stage.open({ colorScheme })
    await signIn(page, await stage.server.operator(), '/operator')
    await settled(page)
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })
})

it.each([PHONE, { width: 360, height: 740 }])('no page is wider than a phone of $width pixels', async (viewport) => {
  const page = await stage.open({ viewport, isMobile: true, hasTouch: true })
  expect(await findings(page, OUTSIDE, overflow)).toEqual({})
  await signIn(page, stage.company)
  expect(await findings(page, INSIDE, overflow)).toEqual({})
  expect(stage.faults()).toEqual([])
  await page.context().close()
})
