import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, clientConfig } from '../../src/store/database.ts'
import { withDatabase } from './global-setup.ts'

/** A migrated database of the test file's own; cloned from the template, so it costs milliseconds. */
export async function freshDatabase(): Promise<{ connection: Connection; drop(): Promise<void> }> {
  return databaseFrom(inject('postgres').template)
}

/** One in which nothing was ever done. */
export function emptyDatabase(): ReturnType<typeof freshDatabase> {
  return databaseFrom('template0')
}

async function databaseFrom(template: string): ReturnType<typeof freshDatabase> {
  const { connection } = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await admin(connection, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return {
    connection: withDatabase(connection, name),
    drop: () => admin(connection, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function admin(connection: Connection, text: string): Promise<void> {
  const client = new pg.Client(clientConfig(connection, 'leadwright tests'))
  await client.connect()
  try {
    // Two files may clone the template at the same moment; PostgreSQL then asks one of them to wait.
    for (let tries = 1; ; tries += 1) {
      try {
        await client.query(text)
        return
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== '55006' || tries === 50) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  } finally {
    await client.end()
  }
}
