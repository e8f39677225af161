import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choiceWord } from '../../portal/lead/status-form/words.ts'
import { STATUS_WORDS } from '../../portal/words.ts'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

interface Field {
  readonly name: string
  readonly kind: string
  readonly values?: readonly string[]
  readonly lengthMax?: number
}
interface Status {
  readonly status: keyof typeof STATUS_WORDS
  readonly reportable: boolean
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly eitherOr: readonly { readonly date: string; readonly flag: string }[]
}
interface Rules {
  readonly fields: readonly Field[]
  readonly statuses: readonly Status[]
}

const { body } = await expectOk(desk.native('GET', '/lead-statuses'))
const { fields, statuses } = body as unknown as Rules
const STATUSES = statuses.filter(({ reportable }) => reportable)
const TOO_LONG = 'x'.repeat(501)
const GOOD = { text: 'Some words', date: '2027-05-04', amount: '18500.50' } as const

/** The page of somebody who opened it before a limit of the rules was set: the form lets through what the server refuses. */
let page: Page
beforeAll(async () => {
  page = await desk.visit('/settings/profile')
  await page.route('**/v1/lead-statuses', async (route) => {
    const response = await route.fetch()
    const rules = (await response.json()) as Rules
    const unlimited = rules.fields.map(({ lengthMax: _, ...field }) => field)
    await route.fulfill({ response, json: { ...rules, fields: unlimited } })
  })
})

const inputOf = (form: Locator, name: string) => form.locator(`[id$="-${name}"]`)

async function openForm(id: number, status: Status['status']): Promise<Locator> {
  await page.goto(`/leads/${id}`)
  await page.getByRole('button', { name: 'Report what happened' }).click()
  const form = page.getByRole('form', { name: 'Report a status' })
  await form.getByRole('combobox', { name: 'What happened?' }).click()
  await page.getByRole('option', { name: STATUS_WORDS[status], exact: true }).click()
  await form.getByRole('textbox').first().waitFor()
  return form
}

async function shownIn(form: Locator): Promise<string[]> {
  const shown = await Promise.all(
    fields.map(async ({ name }) => ((await inputOf(form, name).count()) > 0 ? [name] : [])),
  )
  return shown.flat()
}

/** Fills a field in; resolves to what the server is to keep. */
async function fillIn(form: Locator, { name, kind, values = [] }: Field, isRequired: boolean): Promise<unknown> {
  if (kind === 'choice') {
    const choice = values.at(-1) ?? ''
    if (isRequired) await form.getByRole('radio', { name: choiceWord(choice) }).check()
    else {
      await inputOf(form, name).click()
      await page.getByRole('option', { name: choiceWord(choice) }).click()
    }
    return choice
  }
  if (kind === 'flag') {
    await inputOf(form, name).check()
    return true
  }
  const value = GOOD[kind as keyof typeof GOOD]
  await inputOf(form, name).fill(value)
  return value
}

/** What a report of the status has: everything that it may, and of a date and its flag one time the one, one time the other. */
function fieldsOf({ required, optional, eitherOr }: Status): string[] {
  return [...required, ...optional, ...eitherOr.map(({ date, flag }, place) => (place === 0 ? date : flag))]
}

describe('the status form in a browser', () => {
  it('has something to say on 15 statuses', () => {
    expect(STATUSES).toHaveLength(15)
  })

  it.each(STATUSES)('shows for $status its fields, a refusal beside its field, and reports', async (rule) => {
    const id = await desk.accepted({ firstName: 'Report', lastName: rule.status })
    const form = await openForm(id, rule.status)
    const own = [...rule.required, ...rule.optional, ...rule.eitherOr.flatMap(({ date, flag }) => [date, flag])]
    expect((await shownIn(form)).sort()).toEqual(own.sort())

    const given: Record<string, unknown> = {}
    for (const field of fields.filter(({ name }) => fieldsOf(rule).includes(name))) {
      given[field.name] = await fillIn(form, field, rule.required.includes(field.name))
    }
    const reason = inputOf(form, 'reason')
    await reason.fill(TOO_LONG)
    const report = form.getByRole('button', { name: 'Report', exact: true })
    await report.click()
    await form.locator('[id$="-reason-error"]').getByText('500').waitFor()
    expect(await reason.getAttribute('aria-invalid')).toBe('true')
    expect(await desk.lead(id)).toMatchObject({ status: 'NO_RESPONSE' })

    await reason.fill(GOOD.text)
    await report.click()
    await page.getByText(`Reported: ${STATUS_WORDS[rule.status].toLowerCase()}.`).waitFor()
    expect(await desk.lead(id)).toMatchObject({ status: rule.status, ...given })
  })

  it('ran without a fault', () => {
    expect(desk.faults()).toEqual([])
  })
})
