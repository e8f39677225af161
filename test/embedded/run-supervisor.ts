// A server or command for the tests of the supervisor that need more than one process. Prints one JSON line:
// {connection} when PostgreSQL runs, {error} when it does not. Ends by itself once PostgreSQL is stopped.
import { StartError } from '../../src/lib/start-error.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded/supervisor.ts'

const options = JSON.parse(process.argv[2] ?? '')
process.on('SIGINT', () => {})
try {
  const postgres = await startEmbeddedPostgres({ ...options, log: () => {} })
  process.once('SIGTERM', () => void postgres.stop('fast'))
  process.stdout.write(`${JSON.stringify({ connection: postgres.connection })}\n`)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stdout.write(`${JSON.stringify({ error: error.message })}\n`)
}
