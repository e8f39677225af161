import { reportStatus as decideReport } from '../../core/lead/report-status.ts'
import type { StatusReport } from '../../core/lead/status-report.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Reports a status; `report` is a checked one. */
export async function reportStatus(
  app: App,
  caller: Caller,
  { leadId, report }: { leadId: number; report: StatusReport },
  options: WriteOptions,
): Promise<Written> {
  const times = await app.followUps.of(caller.companyId)
  return writeLead(app, caller, onLead(leadId, decideReport(report, times)), options)
}
