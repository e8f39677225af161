import type { App, Principal } from '../app.ts'
import type { LinkWish } from './upstreams.ts'

/** Brings a lead of an upstream in by its id there, accepting it first where that is wished. */
export function linkLead(app: App, caller: Principal, wish: LinkWish): Promise<{ readonly leadId: number }> {
  return app.upstreams.link(caller, wish)
}
