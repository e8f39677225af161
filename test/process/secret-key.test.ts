import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSecretBox } from '../../src/secret-box.ts'

let folder: string
let dataDir: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadwright-key-'))
  dataDir = path.join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const boxOf = (secretKey: string | null = null) => openSecretBox({ secretKey, dataDir })

test('the key is made when it is needed first, for this user alone, and found again', async () => {
  const box = boxOf()
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
  const sealed = await box.seal('text', 'test')
  const file = path.join(dataDir, 'secret.key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file, 'utf8')).trim()).toMatch(/^[\w-]{43}$/)
  expect(await boxOf().open(sealed, 'test')).toBe('text')
})

test('processes that meet at the first need make one key', async () => {
  const boxes = Array.from({ length: 8 }, () => boxOf())
  const sealed = await Promise.all(boxes.map((box, i) => box.seal(`text ${i}`, 'test')))
  const opener = boxOf()
  expect(await Promise.all(sealed.map((bytes) => opener.open(bytes, 'test')))).toEqual(boxes.map((_, i) => `text ${i}`))
})

test('SECRET_KEY needs no file, and another one opens nothing', async () => {
  const sealed = await boxOf('a key of at least 32 characters, ours').seal('text', 'test')
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
  await expect(boxOf('a key of at least 32 characters, theirs').open(sealed, 'test')).rejects.toThrow(/SECRET_KEY/)
})

test('a key file that was cut short is not replaced: what it sealed could never be opened again', async () => {
  await boxOf().seal('text', 'test')
  const file = path.join(dataDir, 'secret.key')
  await writeFile(file, '')
  await expect(boxOf().seal('text', 'test')).rejects.toThrow(/secret\.key is empty or cut short/)
  expect(await readFile(file, 'utf8')).toBe('')
})
