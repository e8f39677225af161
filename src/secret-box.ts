import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { SecretBox } from './app/sessions/secret-box.ts'
import type { Config } from './config.ts'
import { seal, sealingKey, unseal } from './lib/sealed.ts'

const KEY_BYTES = 32

/** Encrypts with SECRET_KEY, or with the key in DATA_DIR, which is made when it is needed first. */
export function openSecretBox({ secretKey, dataDir }: Pick<Config, 'secretKey' | 'dataDir'>): SecretBox {
  let key: Promise<Buffer> | null = null
  const findKey = () => {
    key ??= (secretKey === null ? keyOfFolder(dataDir) : Promise.resolve(secretKey)).then(sealingKey)
    // A folder that could not be written may be writable later.
    key.catch(() => {
      key = null
    })
    return key
  }
  return {
    seal: async (text, purpose) => seal(await findKey(), text, purpose),
    open: async (sealed, purpose) => unseal(await findKey(), sealed, purpose),
  }
}

/** Of several processes that meet here one makes the file, and all read it. */
async function keyOfFolder(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'secret.key')
  const known = await readKey(file)
  if (known !== null) return known
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  try {
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(`${randomBytes(KEY_BYTES).toString('base64url')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  const made = await readKey(file)
  if (made === null) throw new Error(`The key file ${file} is empty or cut short; put it back from a backup.`)
  return made
}

async function readKey(file: string): Promise<string | null> {
  try {
    const text = (await readFile(file, 'utf8')).trim()
    return text.length >= KEY_BYTES ? text : null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
