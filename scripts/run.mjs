// What `npm start`, `npm test` and `npm run bench` call. Runs on Node 18 or later, installs what is missing, and hands over to Node 24.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LaunchError, runMain } from './lib/child.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { launchProgram } from './lib/launch.mjs'
import { ensurePortalBuilt, needsPortalBuild } from './lib/portal.mjs'
import { runTestSteps } from './lib/test-steps.mjs'

const PARENT_POLL_MS = 500
const root = dirname(dirname(fileURLToPath(import.meta.url)))

await runMain(async () => {
  const [mode, ...args] = process.argv.slice(2)
  if (mode !== 'start' && mode !== 'test' && mode !== 'bench') {
    throw new LaunchError('Usage: node scripts/run.mjs <start|test|bench> [arguments]', 2)
  }
  if (process.env.npm_lifecycle_event) endWithParent()
  // What builds the portal is a development dependency; an image with the portal built in goes without.
  const builds = mode !== 'bench' && needsPortalBuild(root)
  await ensureInstalled(root, { dev: mode === 'test' || builds })
  if (builds) await ensurePortalBuilt(root)
  if (mode === 'test') return runTestSteps(root, args)
  if (mode === 'bench') return launchProgram(root, [join(root, 'bench', 'main.ts'), ...args])
  return launchProgram(root, [join(root, 'src', 'main.ts'), ...args])
})

/**
 * npm hands a signal to the shell between it and us, and a shell dies of SIGTERM without passing it on; npm itself may
 * be killed outright. Either way we get a new parent, and take that for SIGTERM.
 */
function endWithParent() {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_POLL_MS)
  timer.unref()
}
