import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DemoCompany } from './app/demo/demo-company.ts'
import { StartError } from './lib/start-error.ts'

const SECRETS = ['name', 'email', 'password', 'token', 'apiKey'] as const satisfies readonly (keyof DemoCompany)[]

export function demoFileOf(dataDir: string): string {
  return path.join(dataDir, 'demo.json')
}

/** The companies of the file; none when it is not there or not of this form. */
export async function readDemoFile(file: string): Promise<readonly DemoCompany[]> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'))
    const companies = isObject(content) ? content['companies'] : null
    return Array.isArray(companies) && companies.every(isCompany) ? companies : []
  } catch (error) {
    if (error instanceof SyntaxError || reasonOf(error) === 'ENOENT') return []
    throw new StartError(`The demo file ${file} cannot be read (${reasonOf(error)}).`, { cause: error })
  }
}

function isCompany(value: unknown): value is DemoCompany {
  return isObject(value) && SECRETS.every((name) => typeof value[name] === 'string')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/**
 * Writes where the server is and what opens the demo companies, readable by this user alone. Who reads at the same
 * moment, or after a crash, finds the old file or the new one, whole.
 */
export async function writeDemoFile(file: string, baseUrl: string, companies: readonly DemoCompany[]): Promise<void> {
  const shown = companies.map(({ name, email, password, token, apiKey }) => ({ name, email, password, token, apiKey }))
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify({ baseUrl, companies: shown }, null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    const remedy = 'set DATA_DIR to a folder you may write, or DEMO to false'
    throw new StartError(`The demo file ${file} cannot be written (${reasonOf(error)}); ${remedy}.`, { cause: error })
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
