import { join } from 'node:path'
import { runChild } from './child.mjs'
import { node24Path, toolEnv } from './install.mjs'
import { MEMORY_SETTINGS, NODE_FLAGS } from './node-flags.mjs'

/**
 * Runs one of our TypeScript programs on Node 24 until it ends and gives its exit code.
 *
 * LEADWRIGHT_LAUNCHER=1 tells the program that its IPC channel leads to this launcher: when 'disconnect' comes, the
 * launcher is gone (kill -9), nobody will forward signals any more, and a server should end gracefully by itself.
 */
export async function launchProgram(root, args) {
  // Compiled code of a run that ended well is there for the next one, which starts sooner for it.
  const compiled = join(root, 'node_modules', '.cache', 'leadwright-compiled')
  const { code } = await runChild(node24Path(root), [...NODE_FLAGS, ...args], {
    env: { ...MEMORY_SETTINGS, NODE_COMPILE_CACHE: compiled, ...toolEnv(root), LEADWRIGHT_LAUNCHER: '1' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  return code
}
