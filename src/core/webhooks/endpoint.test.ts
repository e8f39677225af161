import { describe, expect, test } from 'vitest'
import { checkEndpointEdit, checkNewEndpoint } from './endpoint.ts'
import { WEBHOOK_EVENTS } from './events.ts'

const OUTSIDE = { allowPrivate: false }
const ANYWHERE = { allowPrivate: true }

describe('a new endpoint', () => {
  test('needs an address and nothing else', () => {
    const checked = checkNewEndpoint({ url: 'https://Hooks.Example.com' }, OUTSIDE)
    const value = { url: 'https://hooks.example.com/', description: null, events: [], perSecond: null }
    expect(checked).toEqual({ ok: true, value })
    expect(checkNewEndpoint({}, OUTSIDE)).toMatchObject({ ok: false, fault: { code: 'field.required', field: 'url' } })
  })

  test('takes events in any order, each once', () => {
    const events = ['lead.deleted', 'lead.created', 'lead.deleted']
    const checked = checkNewEndpoint(
      { url: 'http://example.com/in', events, perSecond: 20, description: ' CRM ' },
      OUTSIDE,
    )
    const value = {
      url: 'http://example.com/in',
      description: 'CRM',
      events: ['lead.created', 'lead.deleted'],
      perSecond: 20,
    }
    expect(checked).toEqual({ ok: true, value })
  })
})

test('every event that the desk has may be asked for', () => {
  const checked = checkEndpointEdit({ events: WEBHOOK_EVENTS }, OUTSIDE)
  expect(checked).toEqual({ ok: true, value: { events: WEBHOOK_EVENTS } })
})

test.each([
  ['url', ''],
  ['url', 'example.com/in'],
  ['url', '/in'],
  ['url', 'ftp://example.com/'],
  ['url', 'file:///etc/passwd'],
  ['url', 'javascript:alert(1)'],
  ['url', 'https://user@example.com/'],
  ['url', 'https://:secret@example.com/'],
  ['url', 'https://example.com/#part'],
  ['url', `https://example.com/${'x'.repeat(2000)}`],
  ['url', 7],
  ['url', ['https://example.com/']],
  ['events', 'lead.created'],
  ['events', ['lead.created', 'lead.unheard_of']],
  ['events', [null]],
  ['perSecond', 0],
  ['perSecond', 1.5],
  ['perSecond', 1001],
  ['perSecond', '5'],
  ['description', 'x'.repeat(201)],
  ['description', 7],
  ['description', 'a\u0000b'],
  ['enabled', 'yes'],
])('%s cannot be %j', (field, value) => {
  const checked = checkEndpointEdit({ [field]: value }, ANYWHERE)
  expect(checked).toMatchObject({ ok: false, fault: { code: 'field.invalid', field } })
})

test.each([
  'http://127.0.0.1:9000/in',
  'http://localhost/in',
  'https://api.localhost./in',
  'http://[::1]/',
  'http://10.1.2.3/',
  'http://169.254.169.254/latest/meta-data',
  'http://0x7f000001/',
  'http://2130706433/',
  'http://[::ffff:127.0.0.1]/',
])('%s is refused unless the operator allows it', (url) => {
  expect(checkEndpointEdit({ url }, OUTSIDE)).toMatchObject({ ok: false, fault: { field: 'url' } })
  expect(checkEndpointEdit({ url }, ANYWHERE)).toMatchObject({ ok: true })
})
