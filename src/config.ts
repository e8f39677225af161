import { isIP } from 'node:net'
import path from 'node:path'
import { parseLimits, type WindowLimit } from './core/rate-windows.ts'
import { StartError } from './lib/start-error.ts'

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
}

export type Environment = Readonly<Record<string, string | undefined>>

interface Setting {
  readonly name: string
  /** The default as the documents print it. */
  readonly fallback: string
  readonly range: string
  readonly meaning: string
}

/** Every setting with its default and range; docs/configuration.md is held equal to this by a test. */
export const SETTINGS = [
  { name: 'PORT', fallback: '3000', range: '0 to 65535 (0: any free port)', meaning: 'Port of the HTTP server.' },
  { name: 'HOST', fallback: '127.0.0.1', range: 'an IP address or host name', meaning: 'Address to listen on.' },
  {
    name: 'DATA_DIR',
    fallback: './data',
    range: 'a folder',
    meaning: 'Holds the embedded PostgreSQL and `demo.json`.',
  },
  {
    name: 'DATABASE_URL',
    fallback: '(none)',
    range: 'postgres://… of PostgreSQL 15 or later',
    meaning: 'Use this PostgreSQL instead of the embedded one.',
  },
  {
    name: 'DEMO',
    fallback: 'true on a loopback HOST, else false',
    range: 'true, false',
    meaning: 'Seed demo companies and leads into an empty store.',
  },
  {
    name: 'CONSTRUCTIONONLINE_LIMITS',
    fallback: 'hour:500,day:10000,week:50000,month:200000',
    range: 'name:count pairs (hour, day, week, month, or like 5m, 2h, 3d), or off',
    meaning: 'Rate windows of each ConstructionOnline key.',
  },
  {
    name: 'RENOVATIONFIND_LIMITS',
    fallback: '5m:3000',
    range: 'as CONSTRUCTIONONLINE_LIMITS',
    meaning: 'Rate windows of each RenovationFind token.',
  },
  {
    name: 'WRITER_LANES',
    fallback: '2',
    range: '1 to 16',
    meaning: 'Connections that write batches side by side; two keep both cores busy.',
  },
  { name: 'WRITER_BATCH_MAX', fallback: '256', range: '1 to 5000', meaning: 'Changes in one transaction at most.' },
  {
    name: 'WRITER_QUEUE_MAX',
    fallback: '10000',
    range: '1 to 1000000',
    meaning: 'Changes that may wait in a lane; more get 503.',
  },
  { name: 'POOL_MAX', fallback: '10', range: '2 to 200', meaning: 'Connections for reads and small writes.' },
  {
    name: 'ATTACHMENT_MB_MAX',
    fallback: '20',
    range: '1 to 500',
    meaning: 'Size of one attached file, in MB of 1,000,000 bytes.',
  },
  { name: 'TOKEN_DAYS', fallback: '365', range: '1 to 3650', meaning: 'Life of an issued token, in days.' },
  {
    name: 'SHUTDOWN_SECONDS',
    fallback: '25',
    range: '1 to 600',
    meaning: 'Time to finish running requests on SIGTERM.',
  },
  {
    name: 'TRUSTED_PROXIES',
    fallback: '(none)',
    range: 'IP addresses or networks, comma-separated',
    meaning: 'Proxies whose X-Forwarded-For names the real client, for the throttle of failed log-ins.',
  },
  {
    name: 'LOG_LEVEL',
    fallback: 'info',
    range: 'fatal, error, warn, info, debug, trace, silent',
    meaning: 'Least level that is logged.',
  },
] as const satisfies readonly Setting[]

type SettingName = (typeof SETTINGS)[number]['name']

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

  integer(name: SettingName, min: number, max: number): number {
    const text = this.text(name) ?? fallbackOf(name)
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

  databaseUrl(): string | null {
    const url = this.text('DATABASE_URL')
    if (url === null || /^postgres(ql)?:\/\//.test(url)) return url
    this.faults.push('DATABASE_URL must start with postgres:// or postgresql://.')
    return null
  }
}

function fallbackOf(name: SettingName): string {
  return SETTINGS.find((setting) => setting.name === name)?.fallback ?? ''
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** The whole configuration of a process, or a StartError that names every fault. */
export function readConfig(env: Environment, cwd: string): Config {
  const read = new Reader(env)
  const host = read.text('HOST') ?? '127.0.0.1'
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
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
  }
  if (read.faults.length > 0) throw new StartError(`The settings are not right:\n  ${read.faults.join('\n  ')}`)
  return Object.freeze(config)
}
