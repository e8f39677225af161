import { RefusalError } from '../../core/errors.ts'
import { reportStatus as decideReport } from '../../core/lead/report-status.ts'
import { checkStatusReport } from '../../core/lead/status-report.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/**
 * Reports a status. `input` has core field names and any values; what the rule table refuses is thrown as a
 * RefusalError and nothing is written.
 */
export async function reportStatus(
  app: App,
  caller: Caller,
  { leadId, input }: { leadId: number; input: Readonly<Record<string, unknown>> },
  options: WriteOptions,
): Promise<Written> {
  const report = checkStatusReport(input)
  if (!report.ok) throw new RefusalError(report.fault)
  return writeLead(app, caller, onLead(leadId, decideReport(report.value)), options)
}
