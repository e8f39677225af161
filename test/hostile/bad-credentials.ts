import { randomBytes } from 'node:crypto'
import { grantToken } from '../../src/app/credentials/grant-token.ts'
import { currentSigningKey } from '../../src/app/credentials/signing-key.ts'
import { revokeApiKey } from '../../src/store/credentials/api-keys.ts'
import { revokeToken } from '../../src/store/credentials/tokens.ts'
import type { TestCompany, TestServer } from '../support/server.ts'
import type { Headers } from './http.ts'
import { basic, basicWithKey, bearer } from './stage.ts'

/** Headers that must open nothing. */
export interface BadCredentials {
  readonly name: string
  readonly headers: Headers
}

function json64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** A token of this server's own key that ended long ago. */
export async function expiredToken(server: TestServer, companyId: number): Promise<string> {
  const key = await currentSigningKey(server.db)
  const order = { key, companyId, name: 'Expired', days: 1, now: new Date('2020-01-01T00:00:00Z') }
  return (await server.db.transaction((tx) => grantToken(tx, order))).token
}

export async function revokedToken(server: TestServer, companyId: number): Promise<string> {
  const key = await currentSigningKey(server.db)
  const order = { key, companyId, name: 'Revoked', days: 30, now: new Date() }
  const { id, token } = await server.db.transaction((tx) => grantToken(tx, order))
  await revokeToken(server.db, companyId, id, new Date())
  return token
}

/** Tokens that RenovationFind's face must refuse; all but the last few are made of a good one. */
export async function badTokens(server: TestServer, mine: TestCompany, theirs: TestCompany): Promise<BadCredentials[]> {
  const { token } = mine
  const [header = '', payload = '', signature = ''] = token.split('.')
  const [, theirPayload = ''] = theirs.token.split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const none = json64({ alg: 'none', typ: 'at+jwt', kid })
  const texts: Record<string, string> = {
    'an empty header': '',
    'a blank header': '   ',
    'the scheme alone': 'Bearer',
    'the scheme and a blank': 'Bearer ',
    'no scheme': token,
    'the scheme Token': `Token ${token}`,
    'the scheme Basic around a token': `Basic ${token}`,
    'a scheme glued to its token': `Bearer${token}`,
    'a tab for the blank': `Bearer\t${token}`,
    'two tokens': `Bearer ${token}, Bearer ${token}`,
    'a token in quotes': `Bearer "${token}"`,
    garbage: 'Bearer ~~~///+++',
    'base64 garbage': `Bearer ${randomBytes(99).toString('base64')}`,
    'three parts of garbage': 'Bearer AAAA.BBBB.CCCC',
    'letters outside ASCII': 'Bearer \u00e9\u00e8',
    SQL: "Bearer ' OR 1=1 --",
    'eight thousand characters': `Bearer ${'a'.repeat(8000)}`,
    'a token without its signature': `Bearer ${header}.${payload}`,
    'a token with an empty signature': `Bearer ${header}.${payload}.`,
    'a token cut short': `Bearer ${token.slice(0, -10)}`,
    'a token of four parts': `Bearer ${token}.${signature}`,
    'a token in lower case': `Bearer ${token.toLowerCase()}`,
    'algorithm none': `Bearer ${none}.${payload}.`,
    'algorithm none with the old signature': `Bearer ${none}.${payload}.${signature}`,
    'algorithm None': `Bearer ${json64({ alg: 'None', typ: 'at+jwt', kid })}.${payload}.`,
    'another algorithm': `Bearer ${json64({ alg: 'HS512', typ: 'at+jwt', kid })}.${payload}.${signature}`,
    'a key id with a path in it': `Bearer ${json64({ alg: 'HS256', typ: 'at+jwt', kid: '../../etc/passwd' })}.${payload}.${signature}`,
    'a key id that is no text': `Bearer ${json64({ alg: 'HS256', typ: 'at+jwt', kid: { a: 1 } })}.${payload}.${signature}`,
    'a critical header': `Bearer ${json64({ alg: 'HS256', typ: 'at+jwt', kid, crit: ['x'], x: 1 })}.${payload}.${signature}`,
    'a head that is null': `Bearer ${json64(null)}.${payload}.${signature}`,
    "another company's payload under my signature": `Bearer ${header}.${theirPayload}.${signature}`,
    'an expired token': `Bearer ${await expiredToken(server, mine.companyId)}`,
    'a revoked token': `Bearer ${await revokedToken(server, mine.companyId)}`,
    "the other face's Basic": basic(mine.email, mine.password),
    'the API key as a token': `Bearer ${mine.apiKey}`,
  }
  return [
    { name: 'none', headers: {} },
    { name: "all of the other face's", headers: basicWithKey(mine) },
    { name: 'the key alone', headers: { apikey: mine.apiKey } },
    { name: 'a token as APIKey', headers: { apikey: token } },
    { name: 'a token in a cookie', headers: { cookie: `token=${token}; authorization=Bearer ${token}` } },
    { name: 'a token for the proxy', headers: { 'proxy-authorization': `Bearer ${token}` } },
    { name: 'Basic before a good token', headers: { authorization: [basic('a', 'b'), `Bearer ${token}`] } },
    ...Object.entries(texts).map(([name, authorization]) => ({
      name,
      headers: { authorization: latin1(authorization) },
    })),
  ]
}

/** Header text is bytes; Node sends each character as one. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** A company of its own whose credentials are then taken away, so that nothing else of a test depends on them. */
async function revokedKey(server: TestServer): Promise<Headers> {
  const company = await server.company()
  const [row] = await server.db.query<{ id: number }>({
    text: 'SELECT id FROM api_key WHERE company_id = $1',
    values: [company.companyId],
  })
  await revokeApiKey(server.db, company.companyId, row?.id ?? -1, new Date())
  return basicWithKey(company)
}

async function deactivatedUser(server: TestServer): Promise<Headers> {
  const company = await server.company()
  const values = [company.companyId]
  await server.db.query({ text: 'UPDATE app_user SET active = false WHERE company_id = $1', values })
  return basicWithKey(company)
}

/** Pairs of Basic and key that ConstructionOnline's face must refuse. */
export async function badPairs(server: TestServer, mine: TestCompany, theirs: TestCompany): Promise<BadCredentials[]> {
  const { email, password, apiKey, token } = mine
  const good = basicWithKey(mine)
  const key = { apikey: apiKey }
  const encode = (text: string) => Buffer.from(text).toString('base64')
  const authorizations: Record<string, string> = {
    'an empty header': '',
    'a blank header': '   ',
    'the scheme alone': 'Basic',
    'the scheme Digest': `Digest ${encode(`${email}:${password}`)}`,
    'no scheme': encode(`${email}:${password}`),
    'a Basic that is not base64': 'Basic %%%',
    'base64 garbage': `Basic ${randomBytes(99).toString('base64')}`,
    'a Basic cut short': basic(email, password).slice(0, -8),
    'no colon': `Basic ${encode(email)}`,
    'a colon alone': `Basic ${encode(':')}`,
    'a NUL in the user': `Basic ${encode(`${email}\0:${password}`)}`,
    'half a surrogate pair in the user': `Basic ${Buffer.from('eda0803a78', 'hex').toString('base64')}`,
    'SQL as the user': basic("' OR 1=1 --", password),
    'eight thousand characters': `Basic ${'YWFh'.repeat(2000)}`,
    'an empty password': basic(email, ''),
    'a wrong password': basic(email, `${password}x`),
    'the password in upper case': basic(email, password.toUpperCase()),
    'an unknown user': basic('nobody@example.com', password),
    "another company's user": basic(theirs.email, theirs.password),
    "the other face's token": `Bearer ${token}`,
    'a token as the password': basic(email, token),
  }
  const keys: Record<string, string> = {
    'an empty key': '',
    'a blank key': '  ',
    'a wrong key': `${apiKey}x`,
    'a key cut short': apiKey.slice(0, -1),
    'the key in upper case': apiKey.toUpperCase(),
    "another company's key": theirs.apiKey,
    'a token as the key': token,
    'a key of eight thousand characters': 'k'.repeat(8000),
    'a key with letters outside ASCII': latin1('\u00e9\u{1f600}'),
    'SQL as the key': "' OR 1=1 --",
  }
  return [
    { name: 'none', headers: {} },
    { name: 'the key alone', headers: key },
    { name: 'Basic alone', headers: { authorization: basic(email, password) } },
    { name: "the other face's token alone", headers: bearer(token) },
    { name: 'two keys', headers: { ...good, apikey: [apiKey, apiKey] } },
    {
      name: 'a bad Basic before the good one',
      headers: { ...key, authorization: [basic(email, 'x'), basic(email, password)] },
    },
    { name: 'a revoked key', headers: await revokedKey(server) },
    { name: 'a deactivated user', headers: await deactivatedUser(server) },
    ...Object.entries(authorizations).map(([name, authorization]) => ({ name, headers: { ...key, authorization } })),
    ...Object.entries(keys).map(([name, apikey]) => ({ name, headers: { ...good, apikey } })),
  ]
}
