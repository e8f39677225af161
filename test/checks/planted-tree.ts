import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Writes files (path → text) into a new temporary folder, lends the folder to `use`, and removes it. */
export function withPlantedTree<T>(files: Record<string, string>, use: (rootDir: string) => T): T {
  const rootDir = mkdtempSync(join(tmpdir(), 'leadwright-planted-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(rootDir, path)), { recursive: true })
      writeFileSync(join(rootDir, path), text)
    }
    return use(rootDir)
  } finally {
    rmSync(rootDir, { recursive: true, force: true })
  }
}
