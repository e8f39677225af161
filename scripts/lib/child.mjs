// Plain JavaScript on purpose: this runs on the machine's own Node (18 or later), before Node 24 is installed.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']

/** A fault whose message is meant for the user as it stands; `exitCode` is what the launcher then ends with. */
export class LaunchError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * Runs one program to its end, in our process group, forwarding every signal we get.
 *
 * A terminal (and npm) may already have delivered the same signal to the child; telling an echo from a second press
 * is the child's business, because only it sees both.
 *
 * @returns `{code, signal}`: its exit code (128 + n when signal n killed it) and the last signal we forwarded, if any
 * @throws LaunchError when the program cannot be started
 */
export function runChild(command, args, { onSpawn, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    let forwarded = null
    const forward = (signal) => {
      forwarded = signal
      child.kill(signal)
    }
    const forget = () => {
      for (const signal of FORWARDED) process.off(signal, forward)
    }
    for (const signal of FORWARDED) process.on(signal, forward)
    // Not 'close': that would also wait for grandchildren that hold our output open.
    child.on('exit', (code, signal) => {
      forget()
      resolve({ code: signal ? signalCode(signal) : code, signal: forwarded })
    })
    child.on('error', (error) => {
      if (child.pid !== undefined) return
      forget()
      reject(new LaunchError(`Cannot start ${command}: ${error.message}`))
    })
    if (child.pid !== undefined) onSpawn?.(child.pid)
  })
}

/** The exit code that a shell reports for a program killed by this signal. */
export function signalCode(signal) {
  return 128 + constants.signals[signal]
}

/** Runs a launcher's main function and ends this process with the code it returns. */
export async function runMain(main) {
  try {
    process.exit(await main())
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error
    if (error.message) console.error(error.message)
    process.exit(error.exitCode)
  }
}
