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
    meaning: 'Connections that write batches side by side, as many of them as there is work for.',
  },
  { name: 'WRITER_BATCH_MAX', fallback: '256', range: '1 to 5000', meaning: 'Changes in one transaction at most.' },
  {
    name: 'WRITER_QUEUE_MAX',
    fallback: '10000',
    range: '1 to 1000000',
    meaning: 'Changes that may wait for a lane; more get 503.',
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
    name: 'PUBLIC_URL',
    fallback: '(none)',
    range: 'http://… or https://…, without a path',
    meaning: 'Where browsers reach the portal; in links of e-mails, and for cookies behind a proxy with https.',
  },
  {
    name: 'SESSION_IDLE_MINUTES',
    fallback: '720',
    range: '5 to 43200',
    meaning: 'A sign-in of the portal that is not used for so long is over.',
  },
  {
    name: 'SESSION_DAYS',
    fallback: '14',
    range: '1 to 365',
    meaning: 'A sign-in of the portal is over after so many days, however much it is used.',
  },
  {
    name: 'SECRET_KEY',
    fallback: 'made once, in DATA_DIR/secret.key',
    range: 'any text of at least 32 characters',
    meaning:
      'Encrypts secrets of two-factor log-in, of webhooks, and credentials of connections; several servers on one DATABASE_URL need the same one.',
  },
  {
    name: 'SMTP_URL',
    fallback: '(none)',
    range: 'smtp://… or smtps://…, with user and password in it where needed',
    meaning:
      'Mail server for invitations, new passwords, notices and the mails of mornings; needs MAIL_FROM and PUBLIC_URL.',
  },
  {
    name: 'MAIL_FROM',
    fallback: '(none)',
    range: 'an e-mail address, or like Leadwright <desk@example.com>',
    meaning: 'Sender of the e-mails.',
  },
  {
    name: 'WEBHOOK_RETRY_SCHEDULE',
    fallback: '0,5,300,1800,7200,18000,36000,50400,72000,86400',
    range: '1 to 100 numbers of seconds, comma-separated, each 0 to 2592000',
    meaning: 'Waits before the attempts to deliver a webhook; after the last one it is given up.',
  },
  {
    name: 'WEBHOOK_ALLOW_PRIVATE_ADDRESSES',
    fallback: 'false',
    range: 'true, false',
    meaning: 'Let webhook endpoints stand at private, loopback and link-local addresses.',
  },
  {
    name: 'SYNC_ALLOW_PRIVATE_ADDRESSES',
    fallback: 'false',
    range: 'true, false',
    meaning: 'Let connections to upstream services lead to private and loopback addresses, and over plain HTTP.',
  },
  {
    name: 'LOG_LEVEL',
    fallback: 'info',
    range: 'fatal, error, warn, info, debug, trace, silent',
    meaning: 'Least level that is logged.',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof SETTINGS)[number]['name']

/** The default as its text. */
export function fallbackOf(name: SettingName): string {
  return SETTINGS.find((setting) => setting.name === name)?.fallback ?? ''
}
