import { refuse } from '../../core/errors.ts'
import type { Principal } from '../app.ts'

export interface LinkWish {
  readonly connectionId: number
  readonly upstreamId: string
  /** Accepts the lead there first. */
  readonly accept: boolean
}

/** What a use case may ask of an upstream at once; the rest is the engine's. */
export interface Upstreams {
  /** Brings a lead in by its upstream id, or finds the one that is linked to it. Throws RefusalError. */
  link(caller: Principal, wish: LinkWish): Promise<{ readonly leadId: number }>
}

/** For a process that reaches no upstream, such as a command. */
export const NO_UPSTREAMS: Upstreams = {
  link: async () => refuse('upstream.unavailable', 'This process reaches no upstream.'),
}
