import { spawnSync } from 'node:child_process'
import { chownSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The user that a cluster belongs to, as options of `spawn`. */
export function clusterOwner(dataDir: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(join(dataDir, 'postgres'))
  return { uid, gid }
}

/** Gives a folder and all in it to a user. */
export function chownTree(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  chownSync(folder, uid, gid)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) chownSync(join(folder, name), uid, gid)
}

/** The ids of an OS user of this machine; undefined when there is none of that name. */
export function findUser(name: string): { uid: number; gid: number } | undefined {
  const id = (flag: string) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout ?? '', 10)
  const [uid, gid] = [id('-u'), id('-g')]
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined
}

/** Whether a user can run this Node and these files: not when they lie below a folder that only root may enter. */
export function canRunHere(user: { uid: number; gid: number }): boolean {
  const script = `require('fs').accessSync(${JSON.stringify(import.meta.filename)}, 4)`
  return spawnSync(process.execPath, ['-e', script], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}
