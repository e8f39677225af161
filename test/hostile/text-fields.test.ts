import { describe, expect, test } from 'vitest'
import { jsonKindOf, PROPERTIES } from '../../src/api/constructiononline/properties.ts'
import { ENDPOINTS, type Endpoint, NEW_LEAD, REFERRAL } from './endpoints.ts'
import { faultsOf, makeStage, messageOf, refusalFault, writingNothing } from './stage.ts'

const stage = await makeStage()

function endpoint(name: string): Endpoint {
  const found = ENDPOINTS.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`${name} is not in the table.`)
  return found
}

const TEXT_PROPERTIES = PROPERTIES.filter(
  (property) => property.kind === 'field' && ['text', 'email'].includes(jsonKindOf(property)),
).map(({ name }) => name)

/** Each text field of each operation, in a body that is right but for it. */
const FIELDS: readonly { name: string; at: Endpoint; field: string; rest: Record<string, unknown> }[] = [
  { at: endpoint('PUT status'), rest: { status: 'OTHER' }, fields: ['reason'] },
  { at: endpoint('POST decline'), rest: {}, fields: ['reason'] },
  { at: endpoint('POST referral-requests'), rest: REFERRAL, fields: ['firstName', 'lastName', 'emailTo', 'phone'] },
  { at: endpoint('PUT Leads?id'), rest: {}, fields: TEXT_PROPERTIES },
  { at: endpoint('POST Leads'), rest: NEW_LEAD, fields: TEXT_PROPERTIES },
].flatMap(({ at, rest, fields }) => fields.map((field) => ({ name: `${at.name} ${field}`, at, rest, field })))

/** JSON of a value that no text field takes. */
const UNSTORABLE: Readonly<Record<string, string>> = {
  'a NUL': '"a\\u0000b@example.com"',
  'a NUL alone': '"\\u0000"',
  'the first half of a surrogate pair': '"a@b\\ud800"',
  'the second half of a surrogate pair': '"\\udc00a@b"',
  'the halves of a surrogate pair the wrong way round': '"a@b\\udc00\\ud800"',
  'an array': '["a@b"]',
  'an object': '{"a":"a@b"}',
  'an object with a toString': '{"toString":"a@b"}',
  true: 'true',
  'a number beyond every double': '1e999',
  'a number beyond 64 bits': '18446744073709551616',
  '20,001 characters': `"${'5'.repeat(10_000)}@${'😀'.repeat(10_000)}"`,
}

function bodyOf(rest: Record<string, unknown>, field: string, json: string): string {
  // The odd value goes in as text: JSON.stringify would mend or drop some of them.
  return JSON.stringify({ ...rest, [field]: '\u0001' }).replace('"\\u0001"', () => json)
}

describe.each(Object.entries(UNSTORABLE))('%s', (_, json) => {
  test('is refused by name in every text field of every operation, and nothing is written', async () => {
    const faults = await writingNothing(stage, () =>
      faultsOf(FIELDS, async ({ at, rest, field }) => {
        const answer = await stage.call(at, { body: bodyOf(rest, field, json) })
        const fault = refusalFault(at.face, answer, [400])
        return fault !== '' || messageOf(at.face, answer.json)?.includes(field) ? fault : `not named: ${answer.text}`
      }),
    )
    expect(faults).toEqual([])
  })
})

const HARMLESS: Readonly<Record<string, string>> = {
  'an astral letter': '😀@😀',
  SQL: "'; DROP TABLE lead; --",
  'marks of templates': '{status} {{7*7}} $& %s %n $1',
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;',
  'marks of array literals': '{"a\\b",\'c\',NULL}\\',
  'the word NULL': 'NULL',
  'a text that is JSON': '{"__proto__":null}',
  'a right-to-left mark': 'a\u202eb\u200f',
  'combining marks': 'e\u0301\u0301\u0301',
  'a line break and a control character': 'a\r\nb\u0007\u001b[31mc',
  'the last character there is': 'a\u{10ffff}\uffff\ufffe',
}

describe.each(Object.entries(HARMLESS))('%s', (_, value) => {
  const names = TEXT_PROPERTIES.filter((name) => name !== 'EMAIL' && !name.startsWith('ZIP'))
  const properties = names.filter((name) => !['PHONE', 'MOBILE_PHONE', 'FAX'].includes(name))

  test('is kept in every property of a lead and given back as it came', async () => {
    const sent = Object.fromEntries(properties.map((name) => [name, value]))
    const put = endpoint('PUT Leads?id')
    const { lead } = await stage.freshTarget(put)
    const answer = await stage.call(put, { target: { lead, attachment: 0 }, body: JSON.stringify(sent) })
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining(sent)])
    const read = await stage.call(endpoint('GET Leads?id'), { target: { lead, attachment: 0 } })
    expect(read.text).toBe(answer.text)
  })

  test('is kept as a reason and as a name, and given back as it came', async () => {
    const put = endpoint('PUT status')
    const target = await stage.freshTarget(put)
    const answer = await stage.call(put, { target, body: JSON.stringify({ status: 'JOB_LOST', reason: value }) })
    expect(answer.json).toMatchObject({ success: true, data: { postLeadStatusData: { reason: value } } })
    const referral = await stage.call(endpoint('POST referral-requests'), {
      path: '/rest-api-v1/referral-requests?skipDuplicates=false',
      body: JSON.stringify({ ...REFERRAL, firstName: value, lastName: value }),
    })
    expect(referral.json).toMatchObject({ success: true, data: { firstName: value, lastName: value } })
  })

  test('is no field: the refusal shows it without acting on it', async () => {
    const faults = await writingNothing(stage, () =>
      faultsOf([endpoint('PUT status'), endpoint('POST referral-requests'), endpoint('PUT Leads?id')], async (at) =>
        refusalFault(at.face, await stage.call(at, { body: JSON.stringify({ [value]: 1 }) }), [400]),
      ),
    )
    expect(faults).toEqual([])
  })
})
