import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderRefusal as constructionOnline } from '../../src/api/constructiononline/errors.ts'
import { renderProblem } from '../../src/api/kit/problem.ts'
import { renderRefusal as renovationFind } from '../../src/api/renovationfind/errors.ts'
import { REFUSAL_CODES, refusal } from '../../src/core/errors.ts'
import { SETTINGS } from '../../src/settings.ts'

/** The cells of each body row of the first table of a document. */
async function tableRows(document: string): Promise<string[][]> {
  const text = await readFile(path.join(import.meta.dirname, '../../docs', document), 'utf8')
  const lines = text.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

describe('the documents', () => {
  it('list every error code once, with the statuses that the faces answer', async () => {
    const rows = await tableRows('errors.md')
    const expected = REFUSAL_CODES.map((code) => [
      `\`${code}\``,
      String(renovationFind(refusal(code, '')).status),
      String(constructionOnline(refusal(code, '')).status),
      String(renderProblem(refusal(code, '')).status),
    ])
    expect(rows.map(([code, , rf, co, own]) => [code, rf, co, own])).toEqual(expected)
  })

  it('list every setting with its default, range and meaning', async () => {
    const rows = await tableRows('configuration.md')
    const expected = SETTINGS.map(({ name, fallback, range, meaning }) => [`\`${name}\``, fallback, range, meaning])
    expect(rows).toEqual(expected)
  })
})
