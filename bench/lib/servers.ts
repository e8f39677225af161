import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { MEMORY_SETTINGS, NODE_FLAGS } from '../../scripts/lib/node-flags.mjs'
import { type ChildServer, freePort, untilReady } from '../../test/support/child-server.ts'
import type { Cleanup } from './cleanup.ts'
import { type DatabaseAddress, urlOf } from './cluster.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const SERVER_PROGRAM = path.join(ROOT, 'src/main.ts')
export const CEILING_PROGRAM = path.join(ROOT, 'bench/ceiling-server.ts')

const HOST = '127.0.0.1'
/** Every window is there and counted, and none is ever full. */
const HIGH_LIMITS = {
  RENOVATIONFIND_LIMITS: '5m:99999999999',
  CONSTRUCTIONONLINE_LIMITS: 'hour:99999999999,day:99999999999,week:99999999999,month:99999999999',
}

export interface BenchServer {
  readonly host: string
  readonly port: number
  readonly pid: number
}

export interface ServerOptions {
  /** For messages. */
  readonly name: string
  readonly program: string
  readonly address: DatabaseAddress
  /** Over the defaults that the server ships with. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where the server leaves a profile of its processor time when it ends; empty for none. */
  readonly profileFolder?: string
}

/** Starts a server as a process of its own, waits until it is ready, and stops it at the end. */
export async function startServer(cleanup: Cleanup, options: ServerOptions): Promise<BenchServer> {
  const { name, program, address, settings } = options
  const port = await freePort()
  const flags = [...NODE_FLAGS, ...profileArguments(name, options.profileFolder ?? '')]
  const child = spawn(process.execPath, [...flags, program], {
    env: {
      ...MEMORY_SETTINGS,
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: urlOf(address),
      DEMO: 'false',
      HOST,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...HIGH_LIMITS,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const server = watch(child, `http://${HOST}:${port}`)
  cleanup.defer(() => server.end('SIGTERM'))
  await untilReady(server)
  createInterface(child.stderr).on('line', (line) => {
    if (!line.includes('"level":"info"')) console.error(`${name}: ${line}`)
  })
  return { host: HOST, port, pid: server.pid }
}

function profileArguments(name: string, folder: string): string[] {
  return folder === ''
    ? []
    : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(folder)}`, `--cpu-prof-name=${name}.cpuprofile`]
}

function watch(child: ChildProcess, baseUrl: string): ChildServer {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      if (text.length < 10_000) text += data.toString()
    })
  }
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal ?? 0) as number | NodeJS.Signals)
  return {
    pid: child.pid ?? 0,
    baseUrl,
    output: () => text,
    ended: () => ended,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}
