import { createSecretKey, type KeyObject } from 'node:crypto'
import type { App } from '../../app/app.ts'
import { openSecret } from '../../app/webhooks/secret.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { Look } from '../../store/webhooks/sender-connection.ts'

type Log = (message: string, fields: Record<string, unknown>) => void

/** The secrets of one endpoint, decrypted once each. */
export class SigningKeys {
  readonly #app: App
  readonly #key: EndpointKey
  readonly #log: Log
  readonly #opened = new Map<number, KeyObject>()
  /** Of the secrets that live, the current one first; one that cannot be read is left out. */
  current: readonly KeyObject[] = []

  constructor(app: App, key: EndpointKey, log: Log) {
    this.#app = app
    this.#key = key
    this.#log = log
  }

  async take(secrets: Look['secrets']): Promise<void> {
    for (const { id, sealed } of secrets) {
      if (this.#opened.has(id)) continue
      try {
        const text = await openSecret(this.#app.secrets, this.#key, sealed)
        this.#opened.set(id, createSecretKey(text.replace(/^whsec_/, ''), 'base64'))
      } catch (error) {
        this.#log('a webhook secret cannot be read', { ...this.#key, error: String(error) })
      }
    }
    this.current = secrets.flatMap(({ id }) => this.#opened.get(id) ?? [])
  }
}
