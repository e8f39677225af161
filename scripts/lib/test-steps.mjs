import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChild, signalCode } from './child.mjs'
import { node24Path, toolEnv } from './install.mjs'

/**
 * Runs every check and then the tests, stopping at the first failure; gives the exit code.
 * The last line of a run that reached the tests is `N passed, N failed`, for programs that read the output.
 *
 * @param args handed to vitest: files, folders, options
 */
export async function runTestSteps(root, args) {
  const tool = (name) => join(root, 'node_modules', '.bin', name)
  const node = node24Path(root)
  const steps = [
    ['Format and lint', tool('biome'), ['ci', '--diagnostic-level=error', '.']],
    ['Types', tool('tsc'), []],
    ['Types of the portal', tool('tsc'), ['-p', 'portal']],
    ['Types of the browser tests', tool('tsc'), ['-p', 'test/browser']],
    ['Portal types made from the contract', node, ['scripts/make-api-types.ts', '--check']],
    ['Import directions', node, ['scripts/check-imports.ts']],
    ['House rules', node, ['scripts/check-tree.ts']],
  ]
  for (const [title, command, commandArgs] of steps) {
    const code = await runStep(root, title, command, commandArgs)
    if (code !== 0) return code
  }
  const folder = mkdtempSync(join(tmpdir(), 'leadwright-test-'))
  try {
    const report = join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await runStep(root, 'Tests', tool('vitest'), ['run', ...reporters, ...args])
    const line = closingLine(report)
    if (line !== null) console.log(line)
    return code
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runStep(root, title, command, args) {
  console.log(`== ${title}`)
  const env = toolEnv(root)
  // Inherited from a launcher above us, it would promise the servers under test a channel that they do not have.
  delete env.LEADWRIGHT_LAUNCHER
  const { code, signal } = await runChild(command, args, { cwd: root, env })
  return code === 0 && signal ? signalCode(signal) : code
}

/** Null when vitest ended without a report. A file that could not be loaded has no tests but counts as one failure. */
function closingLine(path) {
  let report
  try {
    report = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
  const isBrokenFile = (file) =>
    file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed')
  const failed = report.numFailedTests + report.testResults.filter(isBrokenFile).length
  return `${report.numPassedTests} passed, ${failed} failed`
}
