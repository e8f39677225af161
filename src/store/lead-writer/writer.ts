import { Lane, type LaneOptions } from './lane.ts'
import type { ChargeOutcome, LeadWriter, WriteOutcome } from './types.ts'

export interface LeadWriterOptions extends LaneOptions {
  /** Connections that write side by side; one is best on a fast disk, two on a slow one. */
  readonly lanes: number
}

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
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
