import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName } from './file-name.ts'

describe('safeFileName', () => {
  it.each([
    ['contract.pdf', 'contract.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\plan.dwg', 'plan.dwg'],
    ['line\r\nbreak\u0000.pdf', 'linebreak.pdf'],
    ['evil\u202efdp.exe', 'evilfdp.exe'],
    ['  spaced name.txt  ', 'spaced name.txt'],
    ['cafe\u0301.txt', 'café.txt'],
    ['half \ud83d.txt', 'half \ufffd.txt'],
    ['', 'attachment'],
    [undefined, 'attachment'],
    ['..', 'attachment'],
    ['folder/', 'attachment'],
    ['\u0007', 'attachment'],
  ])('makes %j into %j', (name, safe) => expect(safeFileName(name)).toBe(safe))

  it('cuts a long name to 200 characters and keeps its extension', () => {
    const cut = safeFileName(`${'😀'.repeat(300)}.pdf`)
    expect([...cut]).toHaveLength(200)
    expect(cut.endsWith('😀.pdf')).toBe(true)
    expect([...safeFileName('x'.repeat(300))]).toHaveLength(200)
    expect([...safeFileName(`.${'x'.repeat(300)}`)]).toHaveLength(200)
  })

  it('gives for any name one that holds no separator and no control character, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 260 }), (name) => {
        const safe = safeFileName(name)
        expect(safe).not.toMatch(/[\\/\p{Cc}]/u)
        expect(safe.isWellFormed()).toBe(true)
        expect([...safe].length).toBeGreaterThan(0)
        expect([...safe].length).toBeLessThanOrEqual(200)
        expect(safeFileName(safe)).toBe(safe)
      }),
    )
  })
})
