import type { Lead } from '../lead/lead.ts'
import { checkStatusReport, EMPTY_DETAILS, type StatusReport } from '../lead/status-report.ts'
import { allowedFields, FIRST_STATUS, type LeadStatus, REPORT_FIELD_NAMES } from '../lead/status-rules.ts'
import type { SyncValue } from './shape.ts'

export type Part = string | boolean | null
type Parts = Readonly<Record<string, Part>>

/** The answer to the offer as one value. */
export function answerValue({ action, declineReason }: Pick<Lead, 'action' | 'declineReason'>): SyncValue {
  return { action, declineReason: action === 'DECLINED' ? declineReason : null }
}

export type Progress = Pick<Lead, 'status' | keyof typeof EMPTY_DETAILS>

/** The last report as one value: every field of a report, null where it does not belong to the status. */
export function reportValue(progress: Progress): SyncValue {
  const allowed = allowedFields(progress.status)
  const parts: Record<string, Part> = { status: progress.status }
  for (const name of REPORT_FIELD_NAMES) parts[name] = allowed.includes(name) ? progress[name] : null
  return parts
}

/** The value of a lead of which nothing was reported. */
export const NOTHING_REPORTED: SyncValue = reportValue({ ...EMPTY_DETAILS, status: FIRST_STATUS })

/** The parts of a value of this shape; null when it is none. */
export function partsOf(value: SyncValue | undefined): Parts | null {
  // Every part of an answer or a report is a text, a flag or null.
  return typeof value === 'object' && value !== null ? (value as Parts) : null
}

/** The report that a value stands for; null when it stands for none, as before the first one. */
export function reportOf(value: SyncValue | undefined): StatusReport | null {
  const parts = partsOf(value)
  if (parts === null) return null
  const amount = parts['jobAmount']
  const input = { ...parts, jobAmount: typeof amount === 'string' ? Number(amount) : null }
  const report = checkStatusReport(input)
  return report.ok ? report.value : null
}

/** The answer that a value names. */
export function actionOf(value: SyncValue | undefined): string | null {
  const action = partsOf(value)?.['action']
  return typeof action === 'string' ? action : null
}

/** The status that a value names. */
export function statusOf(value: SyncValue | undefined): LeadStatus | null {
  return (partsOf(value)?.['status'] ?? null) as LeadStatus | null
}
