import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { type Mail, MailError, type Message } from '../app/mail/mail.ts'
import { makeGate } from '../lib/gate.ts'

export interface MailerOptions {
  /** smtp:// or smtps:// address of the mail server. */
  readonly url: string
  /** Sender of every message. */
  readonly from: string
  readonly log: (message: string, fields: Record<string, unknown>) => void
}

export interface Mailer extends Mail {
  /** Sends what waits, for a few seconds at most; what then remains is logged as not sent. */
  stop(): Promise<void>
}

const PARALLEL_MAX = 4
const WAITING_MAX = 1000
/** A mail server that is busy or restarts gets two more tries. */
const RETRY_AFTER_MS = [2_000, 15_000] as const
const STOP_MS = 5_000
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as const

/** Sends messages by SMTP, a few at once; the queue is in memory, as links are short-lived and can be asked for again. */
export function makeMailer({ url, from, log }: MailerOptions): Mailer {
  const { auth, ...address } = serverOf(url)
  const transport = createTransport({ ...address, ...(auth === null ? {} : { auth }), ...TIMEOUTS }, { from })
  const gate = makeGate({ parallelMax: PARALLEL_MAX, waitingMax: WAITING_MAX })
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()

  async function deliver(message: Message): Promise<void> {
    for (const pauseMs of [...RETRY_AFTER_MS, null]) {
      try {
        await transport.sendMail(wireOf(message))
        return
      } catch (error) {
        if (pauseMs === null || stopping.signal.aborted || isRefused(error)) throw error
        await sleep(pauseMs, undefined, { signal: stopping.signal, ref: false })
      }
    }
  }

  return {
    isOn: true,
    post(compose) {
      const sent = gate(async () => {
        const message = await compose()
        if (message !== null) await deliver(message)
      }).catch((error: unknown) => log('an e-mail was not sent', { error: String(error) }))
      const tracked = sent.finally(() => running.delete(tracked))
      running.add(tracked)
    },
    send(message) {
      const sent = gate(() => transport.sendMail(wireOf(message)))
        .catch((error: unknown) => {
          throw new MailError(error, isRefused(error))
        })
        .then(() => undefined)
      const tracked = sent.catch(() => undefined).finally(() => running.delete(tracked))
      running.add(tracked)
      return sent
    },
    async stop() {
      const done = new AbortController()
      const enough = sleep(STOP_MS, undefined, { signal: done.signal }).catch(() => undefined)
      await Promise.race([Promise.all(running), enough])
      done.abort()
      stopping.abort()
      await Promise.race([Promise.all(running), new Promise(setImmediate)])
      transport.close()
    },
  }
}

function wireOf({ to, subject, text, html, id }: Message) {
  const named = id === undefined ? {} : { messageId: id }
  return { to, subject, text, ...named, ...(html === undefined ? {} : { html: html.text }) }
}

/** A server that says no for good (5xx) is not asked again. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500
}

function serverOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    auth: username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  }
}
