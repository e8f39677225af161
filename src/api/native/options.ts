import type { App } from '../../app/app.ts'
import type { SessionLife } from '../../app/sessions/session.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'
import type { PublicUrl } from './site.ts'

export interface NativeOptions {
  readonly app: App
  /** Size of one attached file at most. */
  readonly attachmentBytesMax: number
  readonly sessionLife: SessionLife
  readonly publicUrl: PublicUrl
  /** Life of a token whose order names none. */
  readonly tokenDays: number
  /** Windows of each ConstructionOnline key, for its gauges. */
  readonly keyLimits: readonly WindowLimit[]
  /** Whether webhook endpoints may stand at private addresses. */
  readonly allowPrivateWebhooks: boolean
  /** Whether connections may lead to private addresses, and over plain HTTP. */
  readonly allowPrivateUpstreams: boolean
}
