import { mkdir } from 'node:fs/promises'
import { type RunningServer, startServer } from './compose.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import { type Engine, openEngine } from './engine.ts'
import { StartError } from './lib/start-error.ts'
import { onStopSignals } from './stop-signals.ts'
import { migrate } from './store/migrate.ts'
import { prepareDemo, printWelcome } from './welcome.ts'

function log(level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ level, time: new Date().toISOString(), msg: message, ...fields })}\n`)
}

/** Runs the server until it is told to stop. Rejects with a StartError when it cannot start. */
export async function serve(env: Environment, cwd: string): Promise<void> {
  const config = readConfig(env, cwd)
  if (config.databaseUrl === null || config.demo) await makeDataDir(config.dataDir)
  const engine = await openEngine(config, 'serve', log)
  try {
    await migrate(engine.connection)
    await run(config, engine)
  } catch (error) {
    await engine.stop('fast')
    throw error
  }
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new StartError(
      `The data folder ${dataDir} cannot be made (${reason}); set DATA_DIR to a folder you may write.`,
    )
  }
}

async function listen(config: Config, engine: Engine, isStarted: () => boolean): Promise<RunningServer> {
  try {
    return await startServer(config, engine.connection, log, isStarted)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const where = `${config.host}:${config.port}`
    if (code === 'EADDRINUSE')
      throw new StartError(`Another program already listens on ${where}; set PORT to a free one.`)
    if (code === 'EACCES') throw new StartError(`This user may not listen on ${where}; set PORT to one above 1023.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(`${config.host} is not an address of this machine; set HOST to one that is.`)
    }
    throw error
  }
}

/** Listens at once, but is ready only with the demo in place: who waits for /readyz may then read demo.json. */
async function run(config: Config, engine: Engine): Promise<void> {
  const phase = { isStarted: false, isStopping: false }
  const running = await listen(config, engine, () => phase.isStarted)
  onStopSignals({
    graceSeconds: config.shutdownSeconds,
    log,
    async stop() {
      phase.isStopping = true
      await running.close()
      await engine.stop('fast')
    },
    force: () => engine.stop('immediate'),
  })
  try {
    const demo = await prepareDemo(config, running)
    phase.isStarted = true
    printWelcome(config, running.baseUrl, engine.kind, demo)
  } catch (error) {
    // A stop takes the store away under the demo; it then ends the process by itself.
    if (phase.isStopping) return
    await running.close()
    throw error
  }
}

if (import.meta.main) {
  try {
    await serve(process.env, process.cwd())
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`Leadwright did not start. ${error.message}\n`)
    process.exitCode = 1
  }
}
