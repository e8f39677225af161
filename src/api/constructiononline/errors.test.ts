import { expect, test } from 'vitest'
import { REFUSAL_CODES, refusal } from '../../core/errors.ts'
import { renderRefusal } from './errors.ts'

test('every refusal has a status of its own kind and one Message in wire names', () => {
  for (const code of REFUSAL_CODES) {
    const { status, body } = renderRefusal(refusal(code, '{value} of {status}.'))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(Object.keys(body as object)).toEqual(['Message'])
    expect(JSON.stringify(body)).not.toMatch(/[{}]\w+\}/)
  }
})

test('a wait is told in Retry-After', () => {
  const { status, headers } = renderRefusal(refusal('rate.exceeded', 'Full.', { retryAfterSeconds: 17 }))
  expect([status, headers]).toEqual([429, { 'retry-after': '17' }])
})
