import { beforeEach, describe, expect, test } from 'vitest'
import { makeCredentialCache } from './credential-cache.ts'

interface Proof {
  readonly secret: string
  readonly n: number
}

const EXPIRES = 1_000_000
let now = 0
let proofs = 0
let questions = 0
let notes: string[] = []
let revoked = new Set<string>()
/** Holds checks back until it is opened. */
let door: Promise<void> = Promise.resolve()

function makeCache(capacity = 10) {
  return makeCredentialCache<string, Proof>({
    capacity,
    now: () => now,
    async prove(secret) {
      proofs += 1
      await door
      if (revoked.has(secret)) throw new Error(`${secret} is refused`)
      return { secret, n: proofs }
    },
    async isLive({ secret }) {
      questions += 1
      await door
      return !revoked.has(secret)
    },
    expiresAtMs: () => EXPIRES,
    async noteUse({ secret }) {
      notes.push(secret)
      throw new Error('a note that fails')
    },
  })
}

beforeEach(() => {
  now = 0
  proofs = 0
  questions = 0
  notes = []
  revoked = new Set()
  door = Promise.resolve()
})

describe('the credential cache', () => {
  test('proves once, believes it for three seconds, then only asks whether it is in force', async () => {
    const cache = makeCache()
    const first = await cache.find('k', 's')
    now = 2_999
    // At once: no promise of it.
    expect(cache.find('k', 's')).toBe(first)
    expect([proofs, questions]).toEqual([1, 0])
    now = 3_000
    expect(await cache.find('k', 's')).toBe(first)
    expect([proofs, questions]).toEqual([1, 1])
    now = 5_999
    await cache.find('k', 's')
    expect([proofs, questions]).toEqual([1, 1])
  })

  test('a revoked credential is refused three seconds after the last confirmation at the latest', async () => {
    const cache = makeCache()
    await cache.find('k', 's')
    revoked.add('s')
    now = 3_000
    await expect(cache.find('k', 's')).rejects.toThrow('s is refused')
    expect(cache.size()).toBe(0)
  })

  test('the age of a confirmation counts from before the question was asked', async () => {
    const cache = makeCache()
    const slowly = async () => {
      let open = () => {}
      door = new Promise((resolve) => {
        open = resolve
      })
      const found = cache.find('k', 's')
      now += 2_000
      open()
      await found
    }
    await slowly()
    now = 2_999
    await cache.find('k', 's')
    expect(questions).toBe(0)
    now = 3_000
    await slowly()
    expect(questions).toBe(1)
    now = 5_999
    await cache.find('k', 's')
    expect(questions).toBe(1)
    now = 6_000
    await cache.find('k', 's')
    expect(questions).toBe(2)
  })

  test('a proof ends when the credential expires', async () => {
    const cache = makeCache()
    now = EXPIRES - 1
    await cache.find('k', 's')
    now = EXPIRES
    await cache.find('k', 's')
    expect([proofs, questions]).toEqual([2, 0])
  })

  test('a refusal is never remembered', async () => {
    const cache = makeCache()
    revoked.add('s')
    await expect(cache.find('k', 's')).rejects.toThrow()
    revoked.clear()
    expect(await cache.find('k', 's')).toMatchObject({ secret: 's' })
  })

  test('callers of one moment share one check, its refusal included', async () => {
    const cache = makeCache()
    await Promise.all(Array.from({ length: 20 }, () => cache.find('k', 's')))
    expect(proofs).toBe(1)
    now = 3_000
    await Promise.all(Array.from({ length: 20 }, () => cache.find('k', 's')))
    expect([proofs, questions]).toEqual([1, 1])
    revoked.add('t')
    const refused = await Promise.allSettled(Array.from({ length: 20 }, () => cache.find('other', 't')))
    expect(refused.every(({ status }) => status === 'rejected')).toBe(true)
    expect(proofs).toBe(2)
  })

  test('never holds more than its capacity; what was confirmed longest ago goes first', async () => {
    const cache = makeCache(3)
    for (const key of ['a', 'b', 'c']) await cache.find(key, key)
    now = 3_000
    await cache.find('a', 'a')
    await cache.find('d', 'd')
    expect(cache.size()).toBe(3)
    proofs = 0
    await cache.find('a', 'a')
    await cache.find('c', 'c')
    expect(proofs).toBe(0)
    await cache.find('b', 'b')
    expect(proofs).toBe(1)
  })

  test('a clock that goes back makes it ask again', async () => {
    const cache = makeCache()
    now = 10_000
    await cache.find('k', 's')
    now = 9_999
    await cache.find('k', 's')
    expect(questions).toBe(1)
  })

  test('a use is noted once a minute, and a note that fails harms nobody', async () => {
    const cache = makeCache()
    for (now = 0; now <= 60_000; now += 1_000) await cache.find('k', 's')
    expect(notes).toEqual(['s', 's'])
  })
})

describe('forgetting', () => {
  test('acts on the next use, and on what is meant only', async () => {
    const cache = makeCache()
    await cache.find('k', 's')
    await cache.find('l', 't')
    revoked.add('s')
    cache.forget(({ secret }) => secret === 's')
    await expect(cache.find('k', 's')).rejects.toThrow('s is refused')
    expect(await cache.find('l', 't')).toMatchObject({ secret: 't' })
    expect([proofs, questions]).toEqual([3, 0])
  })

  test.each([
    ['first check', 0],
    ['question whether it is still in force', 3_000],
  ])('a %s that is running then is not believed afterwards', async (_, laterMs) => {
    const cache = makeCache()
    if (laterMs > 0) await cache.find('k', 's')
    now = laterMs
    const { promise, resolve: open } = Promise.withResolvers<void>()
    door = promise
    const running = cache.find('k', 's')
    cache.forget(({ secret }) => secret === 's')
    const afterwards = cache.find('k', 's')
    expect(afterwards).not.toBe(running)
    open()
    await Promise.all([running, afterwards])
    const asked = proofs + questions
    await cache.find('k', 's')
    expect(proofs + questions).toBe(asked)
  })
})
