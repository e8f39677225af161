import { access, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeForgottenUploads, withUploadFolder } from './upload-folders.ts'

const HOUR_MS = 3_600_000
const NOW = new Date('2026-03-10T12:00:00Z')
let root: string

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'leadwright-test-'))
})
afterEach(() => rm(root, { recursive: true }))

/** A folder with one file, last touched so many hours before NOW. */
async function folder(name: string, hours: number): Promise<void> {
  const at = path.join(root, name)
  await mkdir(at)
  await writeFile(path.join(at, '0'), 'Measure twice')
  await touch(at, hours)
}

async function touch(at: string, hours: number): Promise<void> {
  const then = new Date(NOW.getTime() - hours * HOUR_MS)
  await utimes(at, then, then)
}

describe('upload folders that a killed server left', () => {
  it('are removed with their files once they are older than 24 hours, and not before', async () => {
    await folder('leadwright-upload-old', 24.1)
    await folder('leadwright-upload-older', 1000)
    await folder('leadwright-upload-running', 23.9)
    await removeForgottenUploads({ now: NOW, root })
    expect(await readdir(root)).toEqual(['leadwright-upload-running'])
  })

  it('are all that is removed: other names, files and links of the name stay', async () => {
    await folder('leadwright-data', 100)
    await folder('other-leadwright-upload-a', 100)
    await writeFile(path.join(root, 'leadwright-upload-file'), '')
    await touch(path.join(root, 'leadwright-upload-file'), 100)
    await symlink(path.join(root, 'leadwright-data'), path.join(root, 'leadwright-upload-link'))
    const before = await readdir(root)
    // So late that the link, whose own time cannot be set, is old as well.
    await removeForgottenUploads({ now: new Date(Date.now() + 100 * HOUR_MS), root })
    expect(await readdir(root)).toEqual(before)
    await access(path.join(root, 'leadwright-data', '0'))
  })

  it('stay when they are of another user', async () => {
    await folder('leadwright-upload-old', 100)
    await removeForgottenUploads({ now: NOW, root, userId: (process.getuid?.() ?? 0) + 1 })
    expect(await readdir(root)).toEqual(['leadwright-upload-old'])
  })

  it('are found under the name that a running upload gives its folder', async () => {
    const lent = await withUploadFolder(async (at) => at)
    await folder(path.basename(lent), 100)
    await removeForgottenUploads({ now: NOW, root })
    expect(await readdir(root)).toEqual([])
  })
})

it('a lent folder is gone after the work, also after work that failed', async () => {
  const lent: string[] = []
  const work = async (at: string) => {
    lent.push(at)
    await writeFile(path.join(at, '0'), 'Measure twice')
    throw new Error('as intended')
  }
  await expect(withUploadFolder(work)).rejects.toThrow('as intended')
  await expect(access(lent[0] ?? '')).rejects.toThrow('ENOENT')
})
