import { statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from './data-folder.ts'

const WAIT_MS = 20_000
const POLL_MS = 20

/**
 * Runs `work` while no other process of this machine does the same for the same folder. PostgreSQL has its own lock
 * file, but two servers that both find it stale can each remove the other's; so looking and starting is one step.
 *
 * The mutex is a name in Linux' abstract socket space, which the kernel frees when its holder dies. Where there is
 * none, or a holder does not give it back in time, PostgreSQL's own checks have to do.
 */
export async function withStartMutex<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const holder = await takeName(folder)
  try {
    return await work()
  } finally {
    holder?.close()
  }
}

async function takeName(folder: string): Promise<Server | undefined> {
  if (process.platform !== 'linux') return undefined
  const { dev, ino } = statSync(folder)
  const deadline = Date.now() + WAIT_MS
  while (Date.now() < deadline) {
    const server = await listen(`\0leadwright-start-${dev}-${ino}`)
    if (server !== undefined) return server
    await sleep(POLL_MS)
  }
  return undefined
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => (errorCode(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen({ path, exclusive: true }, () => resolve(server.unref()))
  })
}
