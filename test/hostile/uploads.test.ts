import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ENDPOINTS } from './endpoints.ts'
import { faultsOf, makeStage, refusalFault, writingNothing } from './stage.ts'

const stage = await makeStage()
const upload = ENDPOINTS.find(({ name }) => name === 'POST attachments') ?? fail()
const download = ENDPOINTS.find(({ name }) => name === 'GET attachment') ?? fail()
const list = ENDPOINTS.find(({ name }) => name === 'GET attachments') ?? fail()

function fail(): never {
  throw new Error('The table of endpoints lacks an operation.')
}

const FILE = 'form-data; name="file"; filename="a.txt"'

/** A multipart body with the boundary x, of parts of one disposition and further header lines each. */
function form(...parts: readonly (readonly [disposition: string, content?: string, more?: string])[]): string {
  const texts = parts.map(
    ([disposition, content = 'A', more = '']) =>
      `--x\r\nContent-Disposition: ${disposition}\r\n${more}\r\n${content}\r\n`,
  )
  return `${texts.join('')}--x--\r\n`
}

const X = 'multipart/form-data; boundary=x'

interface Attempt {
  readonly name: string
  readonly body: string | Uint8Array
  readonly type?: string
  readonly headers?: Record<string, string>
  readonly statuses?: readonly number[]
}

const BAD: readonly Attempt[] = [
  { name: 'an empty body', body: '' },
  { name: 'the last boundary alone', body: '--x--\r\n' },
  { name: 'JSON under a multipart type', body: '{"file":"x"}' },
  { name: 'no boundary in the type', body: form([FILE]), type: 'multipart/form-data' },
  { name: 'an empty boundary', body: form([FILE]), type: 'multipart/form-data; boundary=' },
  { name: 'another boundary', body: form([FILE]), type: 'multipart/form-data; boundary=y' },
  {
    name: 'a boundary of 10,000 letters',
    body: form([FILE]),
    type: `multipart/form-data; boundary=${'x'.repeat(10_000)}`,
  },
  { name: 'multipart/mixed', body: form([FILE]), type: 'multipart/mixed; boundary=x', statuses: [415] },
  { name: 'JSON', body: '{}', type: 'application/json', statuses: [415] },
  { name: 'a malformed type', body: form([FILE]), type: 'multipart', statuses: [415] },
  { name: 'line feeds alone', body: form([FILE]).replaceAll('\r', '') },
  { name: 'a part cut short', body: form([FILE]).slice(0, -12) },
  { name: 'a part without headers', body: '--x\r\n\r\nA\r\n--x--\r\n' },
  { name: 'a part without a name', body: form(['form-data; filename="a.txt"']) },
  { name: 'an empty file', body: form([FILE, '']) },
  { name: 'an empty file after a good one', body: form([FILE], [FILE, '']) },
  { name: 'another field', body: form(['form-data; name="files"; filename="a.txt"']) },
  { name: 'the field in upper case', body: form(['form-data; name="FILE"; filename="a.txt"']) },
  { name: 'a field __proto__', body: form(['form-data; name="__proto__"; filename="a.txt"']) },
  { name: 'a text field __proto__', body: form(['form-data; name="__proto__"']) },
  { name: 'a field constructor', body: form(['form-data; name="constructor"; filename="a.txt"']) },
  { name: 'a text field beside a file', body: form([FILE], ['form-data; name="note"', 'x']) },
  { name: '11 files', body: form(...Array.from({ length: 11 }, () => [FILE] as const)) },
  { name: '1,000 parts', body: form(...Array.from({ length: 1_000 }, () => ['form-data; name="a"'] as const)) },
  { name: '10,000 boundaries', body: `${'--x\r\n'.repeat(10_000)}--x--\r\n` },
  {
    name: 'a text field of 10 MB',
    body: form(['form-data; name="note"', 'x'.repeat(10_000_000)]),
    statuses: [400, 413],
  },
  { name: 'a file of a megabyte and a byte', body: form([FILE, 'x'.repeat(1_000_001)]), statuses: [413] },
  { name: 'a file of 10.5 MB', body: form([FILE, 'x'.repeat(10_500_000)]), statuses: [413] },
  { name: 'a shell script', body: form(['form-data; name="file"; filename="a.pdf"', '#!/bin/sh\n']), statuses: [415] },
  {
    name: 'no gzip under its header',
    body: form([FILE]),
    headers: { 'content-encoding': 'gzip' },
    statuses: [400, 415],
  },
  {
    name: 'a file of 100 MB in 100 KB of gzip',
    body: gzipSync(Buffer.concat([Buffer.from(form([FILE])).subarray(0, -10), Buffer.alloc(100_000_000, 0x20)])),
    headers: { 'content-encoding': 'gzip' },
    statuses: [400, 413, 415],
  },
]

test('every broken upload is refused in its own form, and nothing is written', async () => {
  const faults = await writingNothing(stage, () =>
    faultsOf(BAD, async ({ body, type = X, headers = {}, statuses = [400] }) => {
      const answer = await stage.call(upload, { body, headers: { 'content-type': type, ...headers } })
      return refusalFault('renovationfind', answer, statuses)
    }),
  )
  expect(faults).toEqual([])
})

const NAMES: Readonly<Record<string, string>> = {
  'a path': 'filename="../../../etc/passwd"',
  'a path of Windows': 'filename="C:\\\\windows\\\\system32\\\\evil.dll"',
  'a header of its own': 'filename="a%0d%0aX-Evil: 1.txt"',
  'an escaped quote': 'filename="a\\"; filename=\\"b.html"',
  'a header in the second notation': "filename*=UTF-8''a%0D%0AX-Evil:%201.txt",
  'a NUL in the second notation': "filename*=UTF-8''a%00b.txt",
  'bytes that are no UTF-8 in the second notation': "filename*=UTF-8''%ff%fe%c0%80.txt",
  'an unknown character set': "filename*=EVIL-1''a.txt",
  'half an escape': "filename*=UTF-8''a%.txt",
  'both notations': 'filename="a.txt"; filename*=UTF-8\'\'b.txt',
  'two names': 'filename="a.txt"; filename="b.txt"',
  'no name': 'filename=""',
  dots: 'filename=".."',
  'a NUL': 'filename="a\0b.txt"',
  'a name of all objects': 'filename="__proto__"',
  '10,000 letters': `filename="${'a'.repeat(10_000)}.txt"`,
  '1,000 astral letters': `filename="${'😀'.repeat(1_000)}.txt"`,
  'a text read backwards': 'filename="a\u202etxt.exe"',
  'a reserved name': 'filename="CON"',
  markup: 'filename="<img src=x onerror=alert(1)>.svg"',
}

describe.each(Object.entries(NAMES))('a file name with %s', (_, filename) => {
  test('is refused, or made harmless where it is listed and where it is downloaded', async () => {
    const target = await stage.freshTarget(upload)
    const body = form([`form-data; name="file"; ${filename}`])
    const answer = await stage.call(upload, { target, body, headers: { 'content-type': X } })
    if (answer.status !== 201) {
      expect(refusalFault('renovationfind', answer, [400])).toBe('')
      return
    }
    const { data } = answer.json as { data: { id: number; displayFilename: string }[] }
    const { id: attachment, displayFilename } = data[0] ?? fail()
    expect(displayFilename).toMatch(/^(?!\.+$)[^/\\\p{Cc}\u202e]{1,400}$/u)
    expect([...displayFilename].length).toBeLessThanOrEqual(200)
    expect((await stage.call(list, { target })).text).toContain(JSON.stringify(displayFilename))
    const got = await stage.call(download, { target: { ...target, attachment } })
    expect([got.status, got.text, got.headers['x-evil'], got.headers['x-content-type-options']]).toEqual([
      200,
      'A',
      undefined,
      'nosniff',
    ])
    expect(got.headers['content-disposition']).toMatch(
      /^attachment; filename="[\x20-\x7e]*"(; filename\*=UTF-8''[\w%!#$&+.^`|~-]+)?$/,
    )
  })
})

test('a file under gzip is kept as what it is, or refused for being under gzip', async () => {
  const target = await stage.freshTarget(upload)
  const headers = { 'content-type': X, 'content-encoding': 'gzip' }
  const answer = await stage.call(upload, { target, body: gzipSync(form([FILE, 'Measure twice'])), headers })
  if (answer.status !== 201) {
    expect(refusalFault('renovationfind', answer, [400, 415])).toBe('')
    expect(answer.text).toMatch(/encod|compress|gzip/i)
    return
  }
  const { data } = answer.json as { data: { id: number }[] }
  const got = await stage.call(download, { target: { ...target, attachment: data[0]?.id ?? -1 } })
  expect(got.text).toBe('Measure twice')
})
