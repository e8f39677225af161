import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Finding } from './doctor-finding.ts'

const FREE_BYTES_MIN = 1_000_000_000
const OTHERS = 0o077

/** Room on the disk of DATA_DIR; nothing when the folder is not there, as with an external PostgreSQL. */
export async function checkDisk(dataDir: string): Promise<Finding[]> {
  const disk = await statfs(dataDir).catch(ignoreMissing)
  if (disk === null) return []
  const freeBytes = disk.bavail * disk.bsize
  const detail = `${(freeBytes / 1e9).toFixed(1)} GB free (at least ${FREE_BYTES_MIN / 1e9} GB is needed)`
  return [{ check: 'disk', ok: freeBytes >= FREE_BYTES_MIN, detail }]
}

/**
 * Files directly in DATA_DIR hold passwords, tokens and logs: nobody but their owner may read them. PostgreSQL looks
 * after its own folder itself.
 */
export async function checkDataDir(dataDir: string): Promise<Finding[]> {
  const entries = await readdir(dataDir, { withFileTypes: true }).catch(ignoreMissing)
  if (entries === null) return []
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(dataDir, entry.name))
  const open = (await Promise.all(files.map(openToOthers))).filter((file) => file !== null)
  const detail =
    open.length === 0 ? 'only the owner can read the files of DATA_DIR' : `others may use ${open.join(', ')}`
  return [{ check: 'file modes', ok: open.length === 0, detail }]
}

async function openToOthers(file: string): Promise<string | null> {
  const stats = await stat(file).catch(ignoreMissing)
  if (stats === null || (stats.mode & OTHERS) === 0) return null
  return `${file} (mode ${(stats.mode & 0o777).toString(8).padStart(4, '0')})`
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
