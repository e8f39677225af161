import { spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NODE_SNIPPET, PYTHON_SNIPPET } from '../../portal/pages/settings/webhooks/verify-snippets.ts'
import { HAS_PYTHON } from './run-receiver.ts'

/*
 * What the portal gives to be pasted, run as it stands.
 */

const SECRET = `whsec_${randomBytes(32).toString('base64')}`
const BODY = '{"type":"lead.created","data":{"name":"Zoë"}}'

function headersOf({ secret = SECRET, age = 0, before = '' } = {}): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - age)
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const mac = createHmac('sha256', key).update(`msg_1.${timestamp}.${BODY}`).digest('base64')
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': `${before}v1,${mac}` }
}

const CASES: readonly [boolean, Record<string, string>][] = [
  [true, headersOf()],
  [true, headersOf({ before: 'v1,AAAA v2,BBBB ' })],
  [true, headersOf({ age: 200 })],
  [false, headersOf({ age: 400 })],
  [false, headersOf({ age: -400 })],
  [false, headersOf({ secret: `whsec_${randomBytes(32).toString('base64')}` })],
  [false, { ...headersOf(), 'webhook-id': 'msg_2' }],
  [false, { ...headersOf(), 'webhook-timestamp': 'now' }],
  [false, { ...headersOf(), 'webhook-signature': 'v1,' }],
  [false, {}],
]

function answersOf(command: string, args: readonly string[]): unknown {
  const input = JSON.stringify({ secret: SECRET, body: BODY, cases: CASES.map(([, headers]) => headers) })
  const { stdout, stderr, status } = spawnSync(command, args, { input, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

const EXPECTED = CASES.map(([isGood]) => isGood)

describe('the example that the portal shows beside a secret', () => {
  test('checks messages in Node.js', () => {
    const script = `${NODE_SNIPPET}
      import { text } from 'node:stream/consumers'
      const { secret, body, cases } = JSON.parse(await text(process.stdin))
      console.log(JSON.stringify(cases.map((headers) => isFromLeadwright(secret, headers, Buffer.from(body)))))`
    expect(answersOf(process.execPath, ['--input-type=module', '-e', script])).toEqual(EXPECTED)
  })

  test(HAS_PYTHON ? 'checks messages in Python' : 'in Python could not be run: python3 is not on this machine', () => {
    expect(PYTHON_SNIPPET).toContain('hmac.compare_digest(')
    if (!HAS_PYTHON) return
    const script = `${PYTHON_SNIPPET}
import json, sys
given = json.load(sys.stdin)
print(json.dumps([is_from_leadwright(given["secret"], one, given["body"].encode()) for one in given["cases"]]))`
    expect(answersOf('python3', ['-c', script])).toEqual(EXPECTED)
  })
})
