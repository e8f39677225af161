import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { untilListed } from '../support/lists.ts'
import { makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const LEADS = 1_500
/** Far fewer than there are leads: what is not near the screen is not in the page. */
const ROWS_MAX = 80

/** Id of the lead at the very end of the list. */
let oldest = 0
beforeAll(async () => {
  const { db } = desk.server
  const values = [desk.company.companyId, LEADS]
  const rows = await db.query<{ id: number }>({
    text: `INSERT INTO lead (company_id, id, revision, source, action, status, viewed, created_at, modified_at, display_name,
        phone, category, value, action_due_at)
      SELECT $1, nextval('lead_id'), 1, 'renovationfind', 'ACCEPTED', 'NO_RESPONSE', true, now() - n * interval '1 hour',
        now(), 'Lead ' || n, '403 555 ' || n, 'Deck', n, CASE WHEN n % 3 = 0 THEN now() - interval '1 hour' END
      FROM generate_series(1, $2::integer) AS n RETURNING id`,
    values,
  })
  await db.query({
    text: `INSERT INTO outbox (company_id, lead_id, revision, event, at)
      SELECT company_id, id, 1, 'lead.created', created_at FROM lead WHERE company_id = $1`,
    values: values.slice(0, 1),
  })
  await untilListed(db)
  oldest = rows.at(-1)?.id ?? 0
})

/** Scrolls on with every frame, faster than the list comes, until an element is there; resolves to the most rows on the way. */
const scrollTo = (page: Page, box: string, row: string, wanted: string) =>
  page.evaluate(
    ([box, row, wanted]) =>
      new Promise<number>((resolve) => {
        let most = 0
        const step = () => {
          const scroller = document.querySelector(row)?.closest(box)
          scroller?.scrollBy(0, 700)
          most = Math.max(most, document.querySelectorAll(row).length)
          if (document.querySelector(wanted) === null) requestAnimationFrame(step)
          else resolve(most)
        }
        step()
      }),
    [box, row, wanted] as const,
  )

it('reaches the end of a long table, and keeps few rows in the page', async () => {
  const page = await desk.visit('/leads')
  await page.getByText('1,500 leads').waitFor()
  const most = await scrollTo(page, 'div:has(> table)', '[data-lead-link]', `[data-lead-link="${oldest}"]`)
  expect(most).toBeLessThan(ROWS_MAX)
  await page.getByRole('link', { name: `Lead ${LEADS}`, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: `Lead ${LEADS}` }).waitFor()
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('reaches the end of a long column, and keeps few cards in the page', async () => {
  const page = await desk.visit('/board')
  await page.getByRole('region', { name: 'New', exact: true }).getByText('1,500').waitFor()
  const most = await scrollTo(page, 'div:has(> ul)', '[data-card]', `[data-card="${oldest}"]`)
  expect(most).toBeLessThan(ROWS_MAX)
  await page.getByText(`Lead ${LEADS}`, { exact: true }).waitFor()
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
