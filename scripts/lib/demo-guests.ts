// Adds to the demo whom it lacks: an operator, and a company that begins with nothing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const PROGRAM = path.join(import.meta.dirname, '../../src/cli/main.ts')

export interface Login {
  readonly email: string
  readonly password: string
}

const PASSWORD = 'a few long words for pictures'
const OPERATOR: Login = { email: 'operator@leadwright.example', password: PASSWORD }
const NEWCOMER: Login = { email: 'first@birch.example', password: PASSWORD }

export async function addGuests(settings: Record<string, string>): Promise<{ operator: Login; newcomer: Login }> {
  const { email } = OPERATOR
  await command(settings, ['user', 'add', '--email', email, '--name', 'Operator', '--role', 'operator'])
  await command(settings, ['company', 'add', '--name', 'Birch Builders', '--email', NEWCOMER.email])
  return { operator: OPERATOR, newcomer: NEWCOMER }
}

async function command(settings: Record<string, string>, words: readonly string[]): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings }
  const child = spawn(process.execPath, [PROGRAM, ...words, '--password-stdin'], { env, stdio: 'pipe' })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  child.stdout.resume()
  child.stdin.end(`${PASSWORD}\n`)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${words.join(' ')}: ${said}`)
}
