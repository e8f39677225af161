import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { makeStage, PHONE, settled, signIn } from './support.ts'

const stage = await makeStage()
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

/** Pixels that the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('no page that is open to all has a serious violation', async () => {
    const page = await stage.open({ colorScheme })
    for (const address of OUTSIDE) {
      await page.goto(address)
      await settled(page)
      expect(await violations(page), address).toEqual([])
    }
    await page.context().close()
  })

  it('no page behind the log-in has a serious violation', async () => {
    const page = await stage.openSignedIn('/', { colorScheme })
    for (const address of INSIDE) {
      await page.goto(address)
      await settled(page)
      expect(await violations(page), address).toEqual([])
    }
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
  for (const address of OUTSIDE) {
    await page.goto(address)
    await settled(page)
    expect(await overflow(page), address).toBeLessThanOrEqual(0)
  }
  await signIn(page, stage.company)
  for (const address of INSIDE) {
    await page.goto(address)
    await settled(page)
    expect(await overflow(page), address).toBeLessThanOrEqual(0)
  }
  expect(stage.faults()).toEqual([])
  await page.context().close()
})
