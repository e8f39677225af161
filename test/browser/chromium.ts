import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = path.resolve(import.meta.dirname, '../..')
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const SYSTEM_FONTS = '/etc/fonts/fonts.conf'

/** A Chromium that runs on this machine, with what its environment has to say besides our own. */
export interface Chromium {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

/** CHROMIUM_PATH, or an installed one, or the one of the npm package, which brings libraries and a font with it. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined) return { executablePath: named, env: {} }
  const installed = INSTALLED.find((file) => existsSync(file))
  return installed === undefined ? fromPackage() : { executablePath: installed, env: {} }
}

/** Unpacked once for each version of the package, beside it. */
async function fromPackage(): Promise<Chromium> {
  const manifest = await readFile(path.join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const folder = path.join(ROOT, 'node_modules/.cache/leadwright-chromium', version)
  if (!existsSync(folder)) await unpack(folder)
  const executablePath = path.join(folder, 'chromium')
  const fonts = existsSync(SYSTEM_FONTS) ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') }
  if (await answers(executablePath, {})) return { executablePath, env: fonts }
  const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') }
  if (await answers(executablePath, libraries)) return { executablePath, env: { ...fonts, ...libraries } }
  throw new Error('The Chromium of @sparticuz/chromium does not run here; set CHROMIUM_PATH to one that does.')
}

/** Whether it starts at all: on a bare machine libraries are missing. */
async function answers(executablePath: string, env: Record<string, string>): Promise<boolean> {
  return run(executablePath, ['--no-sandbox', '--version'], { env: { ...process.env, ...env } }).then(
    () => true,
    () => false,
  )
}

/**
 * By a process of its own, because the package unpacks into the temporary folder of its process, and its libraries only
 * where it believes itself in the cloud that it was made for. Appears under its name when it is whole.
 */
async function unpack(folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true })
  const scratch = await mkdtemp(`${folder}-`)
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())"
  const env = { ...process.env, TMPDIR: scratch, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
  await run(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env })
  await writeFile(path.join(scratch, 'fonts.conf'), fontsConfig(folder))
  try {
    await rename(scratch, folder)
  } catch (error) {
    await rm(scratch, { recursive: true, force: true })
    // Another test file was quicker.
    if (!existsSync(folder)) throw error
  }
}

function fontsConfig(folder: string): string {
  const parts = [`<dir>${path.join(folder, 'fonts')}</dir>`, `<cachedir>${path.join(folder, 'fonts-cache')}</cachedir>`]
  return `<?xml version="1.0"?>\n<fontconfig>${parts.join('')}</fontconfig>\n`
}
