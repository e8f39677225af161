import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { makeStage, PHONE, settled, signIn } from './support.ts'

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
  '/settings/form',
]
const OUTSIDE = ['/sign-in', '/forgot-password', '/reset-password/unknown', '/invitation/unknown']

/** Dialogs, menus and tables that a button opens. */
const OPENED = [
  ['/settings/access', 'Issue a token'],
  ['/settings/access', 'Revoke key'],
  ['/settings/users', 'Invite somebody'],
  ['/settings/users', 'More about'],
  ['/settings/profile', 'Turn on'],
  ['/reports', 'Show table'],
] as const

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Serious and critical violations, each with where it stands. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<{ violations: Violation[] }>(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  )
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

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

  it('nothing that a button opens has a serious violation', async () => {
    // Half faded in, everything has too little contrast.
    const page = await stage.openSignedIn('/', { colorScheme, reducedMotion: 'reduce' })
    const found: Record<string, readonly string[]> = {}
    for (const [address, name] of OPENED) {
      await page.goto(address)
      await settled(page)
      await page.getByRole('button', { name }).first().click()
      await page.locator('[role=dialog]:visible, [role=menu]:visible, [aria-expanded=true]').first().waitFor()
      await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
      const here = await violations(page)
      if (here.length > 0) found[name] = here
    }
    expect(found).toEqual({})
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
