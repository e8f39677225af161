import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', 'coverage'])

/** A rule broken in one place; `target` is what the file should not import or contain. Paths are relative, with '/'. */
export type Violation = { file: string; target: string; rule: string }

/** The files under one folder of the root that end in one of the extensions, sorted; none when there is no folder. */
export function listFiles(rootDir: string, folder: string, extensions: readonly string[]): string[] {
  const files: string[] = []
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name)
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(child)
      if (entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension))) {
        files.push(relative(rootDir, child).replaceAll(sep, '/'))
      }
    }
  }
  try {
    visit(join(rootDir, folder))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  return files.sort()
}

/** Prints one line for each violation and sets the exit code. */
export function reportViolations(violations: readonly Violation[]): void {
  for (const { file, target, rule } of violations) console.error(`${file} → ${target}: ${rule}`)
  if (violations.length > 0) process.exitCode = 1
}
