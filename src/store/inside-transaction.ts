import type { Connection, Database, Tx } from './database.ts'

/**
 * A running transaction in the form of a database, so that whole use cases can be run inside it: their own transactions
 * become part of it, and all of them are committed or rolled back together.
 */
export function databaseInside(tx: Tx, connection: Connection): Database {
  return {
    connection,
    query: (statement) => tx.query(statement),
    fields: (statement) => tx.fields(statement),
    transaction: (work) => work(tx),
    close: async () => undefined,
  }
}
