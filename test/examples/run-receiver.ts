import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples')
const WAIT_MS = 20_000

export interface Example {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const NODE: Example = { name: 'Node.js', command: process.execPath, args: [`${EXAMPLES}/node-receiver/receiver.mjs`] }
/** `-B` leaves no compiled file beside the source. */
const PYTHON: Example = { name: 'Python', command: 'python3', args: ['-B', `${EXAMPLES}/python-receiver/receiver.py`] }

/** Whether this machine can run the Python example. */
export const HAS_PYTHON = spawnSync('python3', ['-c', 'import hmac']).status === 0
export const RUNNABLE: readonly Example[] = HAS_PYTHON ? [NODE, PYTHON] : [NODE]

export interface RunningExample {
  /** What it has printed about each message that it took. */
  readonly told: Record<string, unknown>[]
  /** Resolves once it has told of so many. */
  until(count: number): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** Runs an example as its README says, with these secrets. */
export async function runExample(example: Example, port: number, secrets: string): Promise<RunningExample> {
  const env = { PATH: process.env['PATH'], WEBHOOK_SECRETS: secrets, PORT: String(port) }
  const child = spawn(example.command, example.args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const told: Record<string, unknown>[] = []
  const lines = createInterface({ input: child.stdout })
  const [first] = await Promise.race([once(lines, 'line'), once(child, 'exit')])
  if (!String(first).startsWith('Listening on port')) throw new Error(`${example.name} does not listen: ${first}`)
  lines.on('line', (line) => told.push(JSON.parse(line) as Record<string, unknown>))
  return {
    told,
    async until(count) {
      const deadline = performance.now() + WAIT_MS
      while (told.length < count) {
        if (performance.now() > deadline) throw new Error(`${told.length} of ${count} messages came`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return told
    },
    stop: () => stopped(child),
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
