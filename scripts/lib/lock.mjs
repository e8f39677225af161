import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LaunchError } from './child.mjs'

const POLL_MS = 200

/**
 * Waits for a lock folder and takes it. A folder whose holders are all dead (a killed run) is taken over.
 *
 * @param onWait called once with the holder's pid when there is somebody to wait for
 * @returns `{addHolder(pid), release()}`; the lock stays held while we or an added process live
 * @throws LaunchError when the folder cannot be written, or the holder is still there after `waitMs`
 */
export async function takeLock(path, { waitMs, onWait }) {
  const deadline = Date.now() + waitMs
  let waiting = false
  while (!tryTake(path)) {
    const holder = readHolders(path).find(isAlive)
    if (holder === undefined) {
      if (removeStale(path)) continue
    } else if (!waiting) {
      waiting = true
      onWait(holder.pid)
    }
    if (Date.now() > deadline) {
      throw new LaunchError(
        `${path} is still held${holder ? ` by process ${holder.pid}` : ''}: remove it and try again.`,
      )
    }
    await sleep(POLL_MS)
  }
  return {
    addHolder: (pid) => appendFileSync(join(path, 'holders'), holderLine(pid)),
    release: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** The folder appears by one rename with its content, so nobody ever sees it without a holder. */
function tryTake(path) {
  const draft = `${path}.${process.pid}`
  try {
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft)
    writeFileSync(join(draft, 'holders'), holderLine(process.pid))
    renameSync(draft, path)
    return true
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false
    throw new LaunchError(`Cannot write ${path}: ${error.message}`)
  }
}

/**
 * Of several who saw the same dead holder only one may remove the folder, and none may remove a newer one: the mark
 * inside lets one through, and it looks again at the holders once it has the mark.
 */
function removeStale(path) {
  const mark = join(path, 'takeover')
  try {
    mkdirSync(mark)
  } catch (error) {
    return error.code === 'ENOENT'
  }
  if (readHolders(path).some(isAlive)) {
    rmSync(mark, { recursive: true, force: true })
    return false
  }
  rmSync(path, { recursive: true, force: true })
  return true
}

function readHolders(path) {
  let text = ''
  try {
    text = readFileSync(join(path, 'holders'), 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw new LaunchError(`Cannot read ${path}: ${error.message}`)
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ pid: Number(line.split(' ')[0]), startedAt: line.split(' ')[1] ?? '' }))
}

function holderLine(pid) {
  return `${pid} ${startedAt(pid)}\n`
}

function isAlive(holder) {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return startedAt(holder.pid) === holder.startedAt
}

/**
 * Clock ticks between boot and the start of a process, '' where there is no /proc. A pid alone is not enough: in a
 * restarted container the same small pids come back at once.
 */
function startedAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
