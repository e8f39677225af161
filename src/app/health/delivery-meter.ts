import type { AttemptOutcome } from '../../core/webhooks/events.ts'

/** One call to an endpoint, once what came of it is kept. */
export interface CountedCall {
  readonly companyId: number
  readonly endpointId: number
  readonly outcome: AttemptOutcome
  readonly milliseconds: number
}

/** Passes what the webhooks of this process do on to whoever counts it. */
export interface DeliveryMeter {
  note(call: CountedCall): void
  observe(observer: (call: CountedCall) => void): void
}

export function makeDeliveryMeter(): DeliveryMeter {
  const observers: ((call: CountedCall) => void)[] = []
  return {
    note(call) {
      for (const observe of observers) observe(call)
    },
    observe: (observer) => void observers.push(observer),
  }
}
