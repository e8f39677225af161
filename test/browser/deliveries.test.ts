import { afterAll, expect, it } from 'vitest'
import { dueIn } from '../follow-up/desk.ts'
import { clientOf } from '../native/client.ts'
import { untilListed } from '../support/lists.ts'
import { makeStage, settled } from './support.ts'

const stage = await makeStage({
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'desk@lead.example',
  PUBLIC_URL: 'http://lead.example',
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
  WEBHOOK_RETRY_SCHEDULE: '0,600',
})
const call = clientOf(stage.server, stage.company)
afterAll(() => stage.close())

it('the mail of the morning is switched on in the profile, and stays so', async () => {
  const page = await stage.openSignedIn('/settings/profile')
  const choice = page.getByRole('switch', { name: 'Send me a mail each morning' })
  expect(await choice.isChecked()).toBe(false)
  await choice.click()
  await page.getByText('You get a mail each morning').waitFor()
  await page.reload()
  await choice.waitFor()
  expect(await choice.isChecked()).toBe(true)
  await page.context().close()
})

it('settings show what waits and which endpoint fails', async () => {
  // Nothing listens there.
  const url = 'http://127.0.0.1:9/hook'
  expect((await call('POST', '/webhook-endpoints', { body: { url } })).status).toBe(201)
  await stage.server.offer(stage.company.companyId)
  const page = await stage.openSignedIn('/settings/health')
  await page.getByText(`${url}: 1`).waitFor()
  await page.getByText(/2, the oldest/).waitFor()
  await settled(page)
  await page.context().close()
})

it('Today shows a lead when its time comes, without a reload', async () => {
  const { body } = await call('POST', '/leads', { body: { firstName: 'Jordan', lastName: 'Due' } })
  await untilListed(stage.server.db)
  const page = await stage.openSignedIn('/')
  await settled(page)
  const list = page.getByRole('region', { name: /requires? action/i })
  expect(await list.getByText('Jordan Due').count()).toBe(0)
  await dueIn(stage.server.db, [Number(body['id'])], 2)
  await list.getByText('Jordan Due').waitFor()
  expect(stage.faults()).toEqual([])
  await page.context().close()
})
