import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PREFIX = 'leadwright-upload-'
/** Far longer than the server waits for any request. */
const KEPT_MS = 24 * 3_600_000

/** Lends work a folder for received files and removes it afterwards, however it ends. */
export async function withUploadFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface ForgottenFolders {
  readonly now: Date
  /** Where to look; the system's temporary folder when absent. */
  readonly root?: string
  /** Whose folders; those of this process's user when absent. */
  readonly userId?: number
}

/** Removes the upload folders of servers that were killed: those of this user that nobody touched for 24 hours. */
export async function removeForgottenUploads({
  now,
  root = tmpdir(),
  userId = process.getuid?.() ?? 0,
}: ForgottenFolders): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(PREFIX)) continue
    const folder = path.join(root, name)
    // Anybody may put a link of this name there, so the entry itself is asked; one that is gone is another's work.
    const found = await lstat(folder).catch(() => null)
    if (found === null || !found.isDirectory() || found.uid !== userId) continue
    if (now.getTime() - found.mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true })
  }
}
