import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const LOCK = JSON.stringify({ packages: { '': {}, 'node_modules/pg': { version: '8.0.0' } } })

/** Reports what it was given as soon as it is ready for signals, then ends as its first argument says. */
const PROGRAM = `
  const [mode, ...rest]: string[] = process.argv.slice(2)
  const report = { args: rest, launcher: process.env['LEADWRIGHT_LAUNCHER'], cwd: process.cwd() }
  const timer = setInterval(() => {}, 1000)
  const end = (why: string, code: number) => () => { console.log(why); process.exit(code) }
  process.on('SIGTERM', end('got SIGTERM', 8))
  process.on('SIGHUP', end('got SIGHUP', 9))
  process.on('disconnect', end('launcher gone', 0))
  console.log(JSON.stringify(report))
  if (mode === 'exit') process.exit(7)
  if (mode === 'die') { clearInterval(timer); process.kill(process.pid, 'SIGKILL') }
`

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leadwright-launcher-'))
  for (const folder of ['scripts', 'bin']) cpSync(join(ROOT, folder), join(root, folder), { recursive: true })
  for (const folder of ['src/cli', 'node_modules/node/bin']) mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'package-lock.json'), LOCK)
  writeFileSync(join(root, 'node_modules/.package-lock.json'), LOCK)
  symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'))
  for (const path of ['src/main.ts', 'src/cli/main.ts']) writeFileSync(join(root, path), PROGRAM)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Without npm on the PATH, so that an install which should not happen cannot. */
function launch(args: string[], cwd = root): ChildProcess & { output: Promise<string>; errors: Promise<string> } {
  const env = { PATH: '/nowhere', HOME: root }
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return Object.assign(child, { output: text(child.stdout), errors: text(child.stderr) })
}

async function run(args: string[], cwd?: string) {
  const child = launch(args, cwd)
  const [code] = await once(child, 'exit')
  return { code, output: await child.output, errors: await child.errors }
}

/** Starts the program in its waiting mode and returns once it is ready for signals. */
async function launchWaiting(args: string[]) {
  const child = launch([...args, 'wait'])
  if (child.stdout !== null) await once(child.stdout, 'data')
  return child
}

test('start passes on arguments and exit code and says that a launcher is there', async () => {
  const { code, output, errors } = await run([join(root, 'scripts/run.mjs'), 'start', 'exit', '--port', '1'], tmpdir())
  expect({ code, errors }).toEqual({ code: 7, errors: '' })
  expect(JSON.parse(output)).toMatchObject({ args: ['--port', '1'], launcher: '1' })
})

test('keeps compiled code for the next start, and goes on without where it cannot', async () => {
  const cache = join(root, 'node_modules/.cache')
  const start = [join(root, 'scripts/run.mjs'), 'start', 'exit']
  expect(await run(start)).toMatchObject({ code: 7 })
  expect(readdirSync(join(cache, 'leadwright-compiled'))).not.toEqual([])
  rmSync(cache, { recursive: true })
  writeFileSync(cache, 'A file where the folder should be.')
  expect(await run(start)).toMatchObject({ code: 7, errors: '' })
})

test('the command works through a symlink from any folder, which stays the working folder', async () => {
  symlinkSync(join(root, 'bin/leadwright'), join(root, 'bin/lw'))
  const { code, output, errors } = await run([join(root, 'bin/lw'), 'exit', 'company', 'add'], join(root, 'src'))
  expect({ code, errors }).toEqual({ code: 7, errors: '' })
  expect(JSON.parse(output)).toMatchObject({ args: ['company', 'add'], cwd: expect.stringMatching(/src$/) })
})

test('a program killed by a signal ends the launcher with 128 + n, as a shell does', async () => {
  expect(await run([join(root, 'bin/leadwright'), 'die'])).toMatchObject({ code: 137 })
})

test.each([
  ['SIGTERM', 8],
  ['SIGHUP', 9],
] as const)('%s reaches the program, and the launcher waits for its exit code', async (signal, expected) => {
  const child = await launchWaiting([join(root, 'scripts/run.mjs'), 'start'])
  child.kill(signal)
  const [code] = await once(child, 'exit')
  expect(code).toBe(expected)
  expect(await child.output).toContain(`got ${signal}`)
})

test('a program whose launcher was killed outright hears of it', async () => {
  const child = await launchWaiting([join(root, 'scripts/run.mjs'), 'start'])
  child.kill('SIGKILL')
  expect(await child.output).toContain('launcher gone')
})

test('an install is begun when the lock file names another version, and refused clearly without npm', async () => {
  writeFileSync(join(root, 'package-lock.json'), LOCK.replace('8.0.0', '8.0.1'))
  const { code, output, errors } = await run([join(root, 'bin/leadwright'), 'exit'])
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toMatch(/^Installing dependencies .*\nnpm was not found: install Node\.js/)
  expect(existsSync(join(root, '.install-lock'))).toBe(false)
})

test('the lock of a dead install is taken over', async () => {
  rmSync(join(root, 'node_modules/node/bin/node'))
  mkdirSync(join(root, '.install-lock'))
  writeFileSync(join(root, '.install-lock/holders'), `${process.pid} 1\n`)
  const { code, errors } = await run([join(root, 'bin/leadwright'), 'exit'])
  expect(code).toBe(1)
  expect(errors).toContain('npm was not found')
  expect(existsSync(join(root, '.install-lock'))).toBe(false)
})

test('a second start waits for the install of the first and then goes on without its own', async () => {
  const node = join(root, 'node_modules/node/bin/node')
  rmSync(node)
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const startedAt = readStartTime(holder.pid)
  mkdirSync(join(root, '.install-lock'))
  writeFileSync(join(root, '.install-lock/holders'), `${holder.pid} ${startedAt}\n`)
  const child = launch([join(root, 'bin/leadwright'), 'exit'])
  if (child.stderr !== null) await once(child.stderr, 'data')
  symlinkSync(process.execPath, node)
  holder.kill('SIGKILL')
  const [code] = await once(child, 'exit')
  expect(code).toBe(7)
  expect(await child.errors).toBe(`Waiting for the install that process ${holder.pid} is running...\n`)
})

/** What the lock writes beside a pid: field 22 of its stat line, or nothing where there is no /proc. */
function readStartTime(pid: number | undefined): string {
  const path = `/proc/${pid}/stat`
  return existsSync(path) ? (readFileSync(path, 'utf8').split(') ')[1]?.split(' ')[19] ?? '') : ''
}
