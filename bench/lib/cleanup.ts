type Release = () => Promise<unknown> | unknown

/** What must be given back at the end, in reverse order, whether the program ends well, fails or is told to stop. */
export interface Cleanup {
  defer(release: Release): void
}

/** Programs that run, one within the other. */
let running = 0

/**
 * Runs a program and then every release that it deferred. SIGINT, SIGTERM and the end of the launcher release at once
 * and end the process.
 */
export async function withCleanup(program: (cleanup: Cleanup) => Promise<void>): Promise<void> {
  const releases: Release[] = []
  let releasing: Promise<void> | null = null
  const release = () => {
    releasing ??= releaseAll(releases)
    return releasing
  }
  let isStopping = false
  const onStop = (signal: string) => {
    if (isStopping) return
    isStopping = true
    console.error(`Stopping on ${signal}.`)
    void release().finally(() => process.exit(130))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onStop(signal))
  const onDisconnect = () => onStop('the end of the launcher')
  if (process.connected) process.on('disconnect', onDisconnect)
  running += 1
  try {
    await program({ defer: (one) => releases.push(one) })
  } catch (error) {
    // What breaks because its server was just released is no news.
    if (!isStopping) throw error
  } finally {
    await release()
    process.off('disconnect', onDisconnect)
    running -= 1
    // An open channel to the launcher would keep the process alive; whoever runs around this still needs it.
    if (running === 0 && process.connected) process.disconnect()
  }
}

async function releaseAll(releases: Release[]): Promise<void> {
  for (let next = releases.pop(); next !== undefined; next = releases.pop()) {
    try {
      await next()
    } catch (error) {
      console.error('A release failed:', error)
    }
  }
}
