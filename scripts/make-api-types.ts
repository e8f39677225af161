// Writes portal/api/types.ts from the native API's contract; with --check only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { CONTRACT } from '../src/api/native/contract/contract.ts'

const TARGET = 'portal/api/types.ts'
const HEADER = '// Made from src/api/native/contract by scripts/make-api-types.ts; not edited by hand.'

/** The portal's types as source text. */
export async function makeApiTypes(): Promise<string> {
  const parts = []
  for (const [name, schema] of Object.entries(CONTRACT)) {
    const plain = strict(JSON.parse(JSON.stringify(schema))) as JSONSchema
    parts.push(await compile(plain, name, { bannerComment: '', additionalProperties: false, format: false }))
  }
  return `${HEADER}\n\n${parts.join('\n')}`
}

/** Descriptions would repeat themselves at each use of a shape, and bounds would turn lists into tuples. */
const DROPPED = new Set(['description', 'minItems', 'maxItems'])

function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, inner]) => !(DROPPED.has(key) && typeof inner !== 'object'))
  return Object.fromEntries(entries.map(([key, inner]) => [key, strict(inner)]))
}

if (import.meta.main) {
  const path = join(import.meta.dirname, '..', TARGET)
  const made = await makeApiTypes()
  if (!process.argv.includes('--check')) writeFileSync(path, made)
  else if (readFileSync(path, 'utf8') !== made) {
    console.error(`${TARGET} is not what the contract says; run node scripts/make-api-types.ts`)
    process.exitCode = 1
  }
}
