import { Lane, type LaneOptions } from './lane.ts'
import type { ChargeOutcome, LeadWriter, WriteOutcome } from './types.ts'

export interface LeadWriterOptions extends LaneOptions {
  /** Connections that write side by side; one is best on a fast disk, two on a slow one. */
  readonly lanes: number
}

/** A count without limits: locks and writes a row of its own as any change does. */
const PROBE = { subject: 'readiness', limits: [] } as const

/**
 * The batched writer. All changes of one lead go through one lane, so within a process they are applied in the order
 * of arrival; between processes the row locks decide.
 */
export function makeLeadWriter(options: LeadWriterOptions): LeadWriter {
  const lanes = Array.from({ length: options.lanes }, () => new Lane(options))
  let turn = 0
  const laneOf = (number: number) => lanes[number % lanes.length] as Lane
  const next = () => laneOf(turn++)
  return {
    write(write) {
      const lane = write.target.kind === 'existing' ? laneOf(write.target.leadId) : next()
      return lane.submit({ write }) as Promise<WriteOutcome>
    },
    charge(charge) {
      return next().submit({ charge }) as Promise<ChargeOutcome>
    },
    async probe() {
      await Promise.all(lanes.map((lane) => lane.submit({ charge: PROBE })))
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
