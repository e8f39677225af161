import { useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import type { Lead } from '../../api/types.ts'
import { useIntentKey } from '../intent-key.ts'
import type { Faults, Values } from './rules.ts'
import { fetchNewest, type ReportedLead, reportedLead, sendReport } from './send-report.ts'

export interface ReportOptions {
  readonly lead: ReportedLead
  /** Called as the report goes out; the function that it gives takes back what was shown too early. */
  readonly onSend?: (status: Lead['status'], values: Values) => () => void
  readonly onDone: (lead: Lead) => void
}

const CHANGED_MEANWHILE = 412

/** Sends reports of one form, and keeps what the server had to say against them. */
export function useReport({ lead, onSend, onDone }: ReportOptions) {
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [newest, setNewest] = useState<ReportedLead | null>(null)
  const [isSending, setIsSending] = useState(false)
  const keyOf = useIntentKey()

  async function explain(error: unknown, fields: readonly string[]): Promise<void> {
    if (isOvertaken(error)) {
      setNewest(await fetchNewest(lead.id).then(reportedLead, () => null))
      setFailure(error)
    } else if (error instanceof ApiProblem && error.field !== null && fields.includes(error.field)) {
      setFaults({ [error.field]: error.message })
    } else setFailure(error)
  }

  return {
    /** By field, where the form shows the field. */
    faults,
    failure,
    /** The lead as someone else left it, when that is why the report was refused. */
    newest: isOvertaken(failure) ? newest : null,
    isSending,
    forget(): void {
      setFaults({})
      setFailure(null)
    },
    forgetField(name: string): void {
      setFaults(({ [name]: _, ...rest }) => rest)
    },
    /** `fields` are those of the form: a refusal that names one of them is shown beside it. */
    async send(report: Record<string, unknown>, fields: readonly string[]): Promise<void> {
      const target = newest ?? lead
      const takeBack = onSend?.(report['status'] as Lead['status'], report)
      setIsSending(true)
      try {
        onDone(await sendReport(target, report, keyOf([target.revision, report])))
      } catch (error) {
        takeBack?.()
        await explain(error, fields)
      } finally {
        setIsSending(false)
      }
    },
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === CHANGED_MEANWHILE
}
