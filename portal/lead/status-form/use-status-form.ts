import { useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import type { Lead } from '../../api/types.ts'
import { useIntentKey } from '../intent-key.ts'
import { type Faults, fieldsFor, fieldsOf, type Rules, toReport, type Values, validate } from './rules.ts'
import { fetchNewest, type ReportedLead, reportedLead, sendReport } from './send-report.ts'

export interface StatusFormOptions {
  readonly lead: ReportedLead
  readonly rules: Rules
  readonly initialStatus: string | null
  /** Called as the report goes out; the function that it gives takes back what was shown too early. */
  readonly onSend?: (status: Lead['status'], values: Values) => () => void
  readonly onDone: (lead: Lead) => void
}

const CHANGED_MEANWHILE = 412

/** The state of a status form, and what its buttons do. */
export function useStatusForm({ lead, rules, initialStatus, onSend, onDone }: StatusFormOptions) {
  const [status, setStatus] = useState(initialStatus)
  const [values, setValues] = useState<Values>({ jobAmount: lead.amount })
  const [serverFaults, setServerFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [newest, setNewest] = useState<ReportedLead | null>(null)
  const [isSending, setIsSending] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const keyOf = useIntentKey()

  const own = ownValues(rules, status ?? '', values)
  const faults = { ...(isTried ? validate(rules, status ?? '', own) : {}), ...serverFaults }

  async function send(target: ReportedLead): Promise<void> {
    const report = toReport(rules, status ?? '', own)
    const takeBack = onSend?.(report['status'] as Lead['status'], own)
    setIsSending(true)
    try {
      onDone(await sendReport(target, report, keyOf([target.revision, report])))
    } catch (error) {
      takeBack?.()
      await explain(error)
    } finally {
      setIsSending(false)
    }
  }

  async function explain(error: unknown): Promise<void> {
    if (isOvertaken(error)) {
      setNewest(await fetchNewest(lead.id).then(reportedLead, () => null))
      setFailure(error)
    } else if (error instanceof ApiProblem && error.field !== null && isShown(error.field)) {
      setServerFaults({ [error.field]: error.message })
    } else setFailure(error)
  }

  const isShown = (field: string) =>
    field === 'status' ||
    fieldsFor(rules, status ?? '', values)
      .flatMap(fieldsOf)
      .some(({ name }) => name === field)

  return {
    status,
    values,
    faults,
    failure,
    /** The lead as someone else left it, when that is why the report was refused. */
    newest: isOvertaken(failure) ? newest : null,
    isSending,
    parts: fieldsFor(rules, status ?? '', values),
    choose(next: string | null): void {
      setStatus(next)
      setServerFaults({})
      setFailure(null)
      setIsTried(false)
    },
    change(name: string, value: unknown): void {
      setValues((before) => ({ ...before, [name]: value }))
      setServerFaults(({ [name]: _, ...rest }) => rest)
    },
    /** Sends when all is well; else gives the name of the first field at fault. */
    submit(): string | null {
      setIsTried(true)
      setFailure(null)
      setServerFaults({})
      const wrong = validate(rules, status ?? '', own)
      const order = [
        'status',
        ...fieldsFor(rules, status ?? '', values)
          .flatMap(fieldsOf)
          .map(({ name }) => name),
      ]
      const first = order.find((name) => wrong[name] !== undefined)
      if (first !== undefined) return first
      if (!isSending) void send(newest ?? lead)
      return null
    },
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === CHANGED_MEANWHILE
}

/** Values that were typed for another status stay in mind, but are no part of this report. */
function ownValues(rules: Rules, status: string, values: Values): Values {
  const names: readonly string[] = fieldsFor(rules, status, values)
    .flatMap(fieldsOf)
    .map(({ name }) => name)
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}
