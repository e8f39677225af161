import { partsOf } from '../../../core/sync/renovationfind-values.ts'
import type { SyncValue } from '../../../core/sync/shape.ts'

/** The wire names of a status report's fields (documented), by core name. */
export const REPORT_WIRE_NAMES = {
  status: 'status',
  reason: 'reason',
  meetingDate: 'meetingScheduledDate',
  jobAmount: 'jobAmount',
  contactMethod: 'contactMethod',
  estimateType: 'estimateType',
  lostReason: 'lostReason',
  startDate: 'estimatedProjectStartDate',
  completionDate: 'estimatedCompletionDate',
  startDateTbd: 'startDateTbd',
  completionDateTbd: 'completionDateTbd',
} as const

/** The body of a status report. What is not given is left out, and so are flags that are not set. */
export function reportBody(value: SyncValue): string {
  const body: Record<string, string | number | boolean> = {}
  for (const [core, wire] of Object.entries(REPORT_WIRE_NAMES)) {
    const part = partsOf(value)?.[core]
    if (part === undefined || part === null || part === false) continue
    body[wire] = core === 'jobAmount' ? Number(part) : part
  }
  return JSON.stringify(body)
}

/** The body of a decline. */
export function declineBody(value: SyncValue): string {
  return JSON.stringify({ reason: partsOf(value)?.['declineReason'] })
}
