import { createHmac } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { readAccessToken, type SigningKey, signAccessToken } from './access-token.ts'

const KEY: SigningKey = { id: 'k1', secret: Buffer.alloc(32, 7) }
const OTHER_KEY: SigningKey = { id: 'k1', secret: Buffer.alloc(32, 8) }
const NOW = 1_800_000_000
const CLAIMS = {
  tokenId: '0b0f2a52-6f0f-4a53-9d0e-2f6a1c1d7e11',
  companyId: 1001,
  issuedAt: NOW - 60,
  expiresAt: NOW + 3600,
}

function read(token: string, { audience = 'native', nowSeconds = NOW }: Partial<ReadOptions> = {}) {
  const findKey = async (id: string) => (id === KEY.id ? KEY : null)
  return readAccessToken(token, { audience, nowMs: nowSeconds * 1000, findKey })
}

interface ReadOptions {
  audience: 'renovationfind' | 'native'
  nowSeconds: number
}

/** A token that is right in everything but what the test changes. */
function forge({ header = {}, claims = {}, secret = KEY.secret }: Forgery): Promise<string> {
  const payload = {
    iss: 'leadwright',
    aud: ['renovationfind', 'native'],
    sub: '1001',
    jti: CLAIMS.tokenId,
    iat: CLAIMS.issuedAt,
    exp: CLAIMS.expiresAt,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k1', ...header }).sign(secret)
}

interface Forgery {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  secret?: Uint8Array
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

describe('access tokens', () => {
  test('a signed token gives its claims back for each audience', async () => {
    const token = await signAccessToken(KEY, CLAIMS)
    expect(await read(token, { audience: 'native' })).toEqual(CLAIMS)
    expect(await read(token, { audience: 'renovationfind' })).toEqual(CLAIMS)
  })

  test('the forgery of these tests is accepted when nothing is changed', async () => {
    expect(await read(await forge({}))).toEqual(CLAIMS)
  })

  test('a token is good until five seconds after its expiry', async () => {
    const token = await signAccessToken(KEY, CLAIMS)
    expect(await read(token, { nowSeconds: CLAIMS.expiresAt + 4 })).toEqual(CLAIMS)
    expect(await read(token, { nowSeconds: CLAIMS.expiresAt + 5 })).toBeNull()
  })

  test('a change of any character is noticed', async () => {
    const token = await signAccessToken(KEY, CLAIMS)
    // The last character of a signature carries spare bits; its neighbours do not.
    for (let at = 0; at < token.length - 1; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(await read(token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
    }
  })

  test.each<[string, Forgery]>([
    ['another key', { secret: OTHER_KEY.secret }],
    ['an unknown key id', { header: { kid: 'k2' } }],
    ['a key id with a NUL', { header: { kid: 'k1\u0000' } }],
    ['no key id', { header: { kid: undefined } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['no type', { header: { typ: undefined } }],
    ['another issuer', { claims: { iss: 'somebody' } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['another audience', { claims: { aud: ['renovationfind'] } }],
    ['no audience', { claims: { aud: undefined } }],
    ['no subject', { claims: { sub: undefined } }],
    ['a subject that is no company', { claims: { sub: '0' } }],
    ['a subject beyond exact numbers', { claims: { sub: '9'.repeat(16) } }],
    ['no id', { claims: { jti: undefined } }],
    ['an id that is no UUID', { claims: { jti: '1' } }],
    ['no time of issue', { claims: { iat: undefined } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['an expiry that is a text', { claims: { exp: String(NOW + 3600) } }],
    ['a start in the future', { claims: { nbf: NOW + 60 } }],
  ])('%s is refused', async (_, forgery) => {
    expect(await read(await forge(forgery))).toBeNull()
  })

  test.each(['384', '512'])('a token signed with the right key by HS%s is refused', async (bits) => {
    const [, payload] = (await signAccessToken(KEY, CLAIMS)).split('.')
    const signed = `${encode({ alg: `HS${bits}`, typ: 'at+jwt', kid: 'k1' })}.${payload}`
    const signature = createHmac(`sha${bits}`, KEY.secret).update(signed).digest('base64url')
    expect(await read(`${signed}.${signature}`)).toBeNull()
  })

  test.each(['none', 'None', 'HS256'])('an unsigned token that claims the algorithm %s is refused', async (alg) => {
    const [, payload] = (await signAccessToken(KEY, CLAIMS)).split('.')
    expect(await read(`${encode({ alg, typ: 'at+jwt', kid: 'k1' })}.${payload}.`)).toBeNull()
  })

  test.each(['', '.', '..', 'a.b.c', '💥', `${'a'.repeat(3000)}.b.c`])('the text %j is refused', async (text) => {
    expect(await read(text)).toBeNull()
  })

  test('a fault of the key store is not taken for a bad token', async () => {
    const token = await signAccessToken(KEY, CLAIMS)
    const findKey = () => Promise.reject(new Error('away'))
    await expect(readAccessToken(token, { audience: 'native', nowMs: NOW * 1000, findKey })).rejects.toThrow('away')
  })
})

test('a token cannot be made again from its key and its claims, which the store has: a part of it is kept nowhere', async () => {
  const again = await signAccessToken(KEY, CLAIMS)
  expect(await signAccessToken(KEY, CLAIMS)).not.toBe(again)
})
