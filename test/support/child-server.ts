import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A server as an operator runs it: a process of its own over the embedded PostgreSQL of a data folder. */
export interface ChildServer {
  readonly pid: number
  readonly baseUrl: string
  /** What it has written so far, standard output and error together. */
  output(): string
  /** Sends a signal and waits for the end; resolves to the exit code, or to the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** Resolves when it has ended by itself. */
  ended(): Promise<number | NodeJS.Signals>
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts `src/main.ts`; resolves at once, before it is ready. */
export function spawnServer(settings: Record<string, string>): ChildServer {
  const env = { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'error', ...settings }
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts')], {
    env,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()))
  const ended = endOf(child)
  return {
    pid: child.pid ?? 0,
    baseUrl: `http://127.0.0.1:${settings['PORT']}`,
    output: () => text,
    ended: () => ended,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return code ?? signal ?? 0
}

/** Waits until /readyz answers 200; throws with the server's output when it ended or took too long. */
export async function untilReady(server: ChildServer, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let over = false
  void server.ended().then(() => {
    over = true
  })
  while (Date.now() < deadline && !over) {
    const ready = await fetch(`${server.baseUrl}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`The server is not ready.\n${server.output()}`)
}

export interface DemoFile {
  readonly baseUrl: string
  readonly companies: { name: string; email: string; password: string; token: string; apiKey: string }[]
}

export async function readDemo(dataDir: string): Promise<DemoFile> {
  return JSON.parse(await readFile(path.join(dataDir, 'demo.json'), 'utf8')) as DemoFile
}
