import { isIP } from 'node:net'
import path from 'node:path'
import { parseLimits, type WindowLimit } from './core/rate-windows.ts'
import { parseRetrySchedule, type RetrySchedule } from './core/webhooks/retry-schedule.ts'
import { StartError } from './lib/start-error.ts'
import { fallbackOf, type SettingName } from './settings.ts'

export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly demo: boolean
  readonly constructionOnlineLimits: readonly WindowLimit[]
  readonly renovationFindLimits: readonly WindowLimit[]
  readonly writerLanes: number
  readonly writerBatchMax: number
  readonly writerQueueMax: number
  readonly poolMax: number
  readonly attachmentBytesMax: number
  readonly tokenDays: number
  readonly shutdownSeconds: number
  readonly logLevel: string
  /** Addresses of proxies whose X-Forwarded-For is believed; empty: none. */
  readonly trustedProxies: readonly string[]
  /** A session that is not used for so long is over. */
  readonly sessionIdleMinutes: number
  /** A session is over after so many days, however much it is used. */
  readonly sessionDays: number
  /** Encrypts secrets of the store; null: the key of DATA_DIR. */
  readonly secretKey: string | null
  /** Where browsers reach this server; null: wherever a request came to. */
  readonly publicUrl: string | null
  /** What carries e-mail; null: links are passed on by hand. */
  readonly smtp: Smtp | null
  /** Seconds before each attempt to tell a webhook endpoint something. */
  readonly webhookRetrySchedule: RetrySchedule
  /** Whether webhook endpoints may stand at private addresses. */
  readonly webhookAllowPrivateAddresses: boolean
  /** Whether connections may lead to private addresses, and over plain HTTP. */
  readonly syncAllowPrivateAddresses: boolean
}

export interface Smtp {
  readonly url: string
  /** Sender of every message. */
  readonly from: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads each setting once and gathers every fault, so that the operator sees all of them in one go. */
class Reader {
  readonly faults: string[] = []
  readonly #env: Environment

  constructor(env: Environment) {
    this.#env = env
  }

  text(name: SettingName): string | null {
    const value = this.#env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }

  integer(name: SettingName, min: number, max: number, fallback = fallbackOf(name)): number {
    const text = this.text(name) ?? fallback
    const value = Number(text)
    if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value
    this.faults.push(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
    return min
  }

  choice(name: SettingName, values: readonly string[], fallback: string): string {
    const value = this.text(name)?.toLowerCase() ?? fallback
    if (values.includes(value)) return value
    this.faults.push(`${name} must be one of ${values.join(', ')}, not "${value}".`)
    return fallback
  }

  limits(name: SettingName): readonly WindowLimit[] {
    const text = this.text(name) ?? fallbackOf(name)
    const limits = parseLimits(text)
    if (limits !== null) return limits
    this.faults.push(`${name} must be pairs like hour:500,day:10000 or 5m:3000, or off, not "${text}".`)
    return []
  }

  retrySchedule(name: SettingName): RetrySchedule {
    const text = this.text(name) ?? fallbackOf(name)
    const schedule = parseRetrySchedule(text)
    if (schedule !== null) return schedule
    this.faults.push(`${name} must be 1 to 100 numbers of seconds up to 2592000, such as 0,5,300, not "${text}".`)
    return []
  }

  addresses(name: SettingName): readonly string[] {
    const parts = (this.text(name) ?? '').split(',').map((part) => part.trim())
    const given = parts.filter((part) => part !== '')
    for (const part of given) {
      const [address = '', bits] = part.split('/')
      const bitsMax = isIP(address) === 6 ? 128 : 32
      if (isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax))) continue
      this.faults.push(`${name} must be IP addresses or networks like 10.0.0.0/8, comma-separated, not "${part}".`)
    }
    return given
  }

  secretKey(): string | null {
    const key = this.text('SECRET_KEY')
    if (key === null || key.length >= SECRET_KEY_LENGTH_MIN) return key
    this.faults.push(`SECRET_KEY must have at least ${SECRET_KEY_LENGTH_MIN} characters.`)
    return null
  }

  publicUrl(): string | null {
    const text = this.text('PUBLIC_URL')
    if (text === null) return null
    const url = URL.canParse(text) ? new URL(text) : null
    if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
    this.faults.push('PUBLIC_URL must be http:// or https:// with a host, and no path.')
    return null
  }

  smtp(publicUrl: string | null): Smtp | null {
    const url = this.text('SMTP_URL')
    const from = this.text('MAIL_FROM')
    if (url === null) return null
    const count = this.faults.length
    if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || new URL(url).hostname === '') {
      this.faults.push('SMTP_URL must be smtp:// or smtps:// with a host.')
    }
    if (from === null || !/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/.test(from)) {
      this.faults.push('MAIL_FROM must be an e-mail address when SMTP_URL is set.')
    }
    // A link must not lead to whatever host a stranger's request named.
    if (publicUrl === null) this.faults.push('PUBLIC_URL must be set when SMTP_URL is.')
    return this.faults.length === count && from !== null ? { url, from } : null
  }

  databaseUrl(): string | null {
    const url = this.text('DATABASE_URL')
    if (url === null || /^postgres(ql)?:\/\//.test(url)) return url
    this.faults.push('DATABASE_URL must start with postgres:// or postgresql://.')
    return null
  }
}

const SECRET_KEY_LENGTH_MIN = 32
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** The whole configuration of a process, or a StartError that names every fault. */
export function readConfig(env: Environment, cwd: string): Config {
  const read = new Reader(env)
  const host = read.text('HOST') ?? '127.0.0.1'
  const publicUrl = read.publicUrl()
  const config: Config = {
    port: read.integer('PORT', 0, 65_535),
    host,
    dataDir: path.resolve(cwd, read.text('DATA_DIR') ?? './data'),
    databaseUrl: read.databaseUrl(),
    demo: read.choice('DEMO', ['true', 'false'], String(LOOPBACK.test(host))) === 'true',
    constructionOnlineLimits: read.limits('CONSTRUCTIONONLINE_LIMITS'),
    renovationFindLimits: read.limits('RENOVATIONFIND_LIMITS'),
    writerLanes: read.integer('WRITER_LANES', 1, 16),
    writerBatchMax: read.integer('WRITER_BATCH_MAX', 1, 5000),
    writerQueueMax: read.integer('WRITER_QUEUE_MAX', 1, 1_000_000),
    poolMax: read.integer('POOL_MAX', 2, 200),
    attachmentBytesMax: read.integer('ATTACHMENT_MB_MAX', 1, 500) * 1_000_000,
    tokenDays: read.integer('TOKEN_DAYS', 1, 3650),
    shutdownSeconds: read.integer('SHUTDOWN_SECONDS', 1, 600),
    trustedProxies: read.addresses('TRUSTED_PROXIES'),
    sessionIdleMinutes: read.integer('SESSION_IDLE_MINUTES', 5, 43_200),
    sessionDays: read.integer('SESSION_DAYS', 1, 365),
    secretKey: read.secretKey(),
    publicUrl,
    smtp: read.smtp(publicUrl),
    webhookRetrySchedule: read.retrySchedule('WEBHOOK_RETRY_SCHEDULE'),
    webhookAllowPrivateAddresses: read.choice('WEBHOOK_ALLOW_PRIVATE_ADDRESSES', ['true', 'false'], 'false') === 'true',
    syncAllowPrivateAddresses: read.choice('SYNC_ALLOW_PRIVATE_ADDRESSES', ['true', 'false'], 'false') === 'true',
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
  }
  if (read.faults.length > 0) throw new StartError(`The settings are not right:\n  ${read.faults.join('\n  ')}`)
  return Object.freeze(config)
}
