import childProcess, { execFile, type SpawnOptions } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Cleanup } from './cleanup.ts'

const run = promisify(execFile)
const SOURCE = path.join(import.meta.dirname, 'fsync-delay.c')
const COMPILERS = ['cc', 'gcc', 'clang']

/** Compiles the library that delays each fsync; null where there is no C compiler, or another system than Linux. */
export async function compileDelay(cleanup: Cleanup): Promise<string | null> {
  if (process.platform !== 'linux') return null
  const folder = mkdtempSync(path.join(tmpdir(), 'leadwright-slow-disk-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  // PostgreSQL may run as another user than we do.
  chmodSync(folder, 0o755)
  const library = path.join(folder, 'fsync-delay.so')
  for (const compiler of COMPILERS) {
    try {
      await run(compiler, ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'])
      return library
    } catch {
      // Not there, or not able to; perhaps the next one is.
    }
  }
  return null
}

/**
 * Runs work during which every PostgreSQL that this process starts is slow on its disk. The embedded engine gives its
 * programs an environment of its own, so the variables are added where it hands them to Node.
 */
export async function withSlowDisk<T>(library: string, delayUs: number, work: () => Promise<T>): Promise<T> {
  const original = childProcess.spawn
  const spawn = (program: string, args: readonly string[], options: SpawnOptions) => {
    const isServer = path.basename(program) === 'postgres' && args.includes('-D')
    const delay = { LD_PRELOAD: library, FSYNC_DELAY_US: String(delayUs) }
    return original(program, args, isServer ? { ...options, env: { ...options.env, ...delay } } : options)
  }
  replaceSpawn(spawn as typeof original)
  try {
    return await work()
  } finally {
    replaceSpawn(original)
  }
}

function replaceSpawn(spawn: typeof childProcess.spawn): void {
  childProcess.spawn = spawn
  syncBuiltinESMExports()
}
