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
    const running = await listen(config, engine)
    await started(config, running, engine)
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

async function listen(config: Config, engine: Engine): Promise<RunningServer> {
  try {
    return await startServer(config, engine.connection, log)
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

async function started(config: Config, running: RunningServer, engine: Engine): Promise<void> {
  onStopSignals({
    graceSeconds: config.shutdownSeconds,
    log,
    async stop() {
      await running.close()
      await engine.stop('fast')
    },
    force: () => engine.stop('immediate'),
  })
  const demo = await prepareDemo(config, running)
  printWelcome(config, running.baseUrl, engine.kind, demo)
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
