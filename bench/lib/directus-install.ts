import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DIRECTUS = 'directus@12.4.0'
/** Its `isolated-vm` does not compile for a newer one. This npm package brings the headers to compile with, too. */
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`
const NODE = `${NODE_PACKAGE}@22`

export interface Directus {
  /** The folder that it is installed in. */
  readonly folder: string
  /** A Node that runs it. */
  readonly node: string
  readonly program: string
}

/** Directus in a folder outside of the project, installed if it is not there. Rejects when that fails. */
export async function installDirectus(folder: string, log: (message: string) => void): Promise<Directus> {
  const home = path.join(folder, 'node_modules', NODE_PACKAGE)
  const node = path.join(home, 'bin/node')
  const directus = { folder, node, program: path.join(folder, 'node_modules/directus/cli.js') }
  if (await isUsable(directus)) return directus
  log(`installing ${NODE} and ${DIRECTUS} into ${folder}: some minutes, 800 MB`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
  await npm(folder, process.env, ['install', NODE])
  const env = { ...process.env, PATH: `${path.dirname(node)}:${process.env['PATH'] ?? ''}`, npm_config_nodedir: home }
  await npm(folder, env, ['install', DIRECTUS])
  if (!(await isUsable(directus))) throw new Error('What was installed does not load.')
  return directus
}

async function npm(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env,
    maxBuffer: 10_000_000,
  })
}

async function isUsable({ folder, node, program }: Directus): Promise<boolean> {
  try {
    await run(node, ['-e', "require('isolated-vm')"], { cwd: folder })
    return existsSync(program)
  } catch {
    return false
  }
}
