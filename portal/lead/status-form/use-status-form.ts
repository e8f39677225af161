import { useState } from 'react'
import { fieldsFor, fieldsOf, type Rules, toReport, type Values, validate } from './rules.ts'
import { type ReportOptions, useReport } from './use-report.ts'

export interface StatusFormOptions extends ReportOptions {
  readonly rules: Rules
  readonly initialStatus: string | null
}

/** The state of a status form, and what its buttons do. */
export function useStatusForm({ rules, initialStatus, ...options }: StatusFormOptions) {
  const [chosen, setChosen] = useState(initialStatus)
  const [values, setValues] = useState<Values>({ jobAmount: options.lead.amount })
  const [isTried, setIsTried] = useState(false)
  const report = useReport(options)
  const status = chosen ?? ''
  const parts = fieldsFor(rules, status, values)
  const wrong = validate(rules, status, ownValues(rules, status, values))
  return {
    status: chosen,
    values,
    parts,
    faults: { ...(isTried ? wrong : {}), ...report.faults },
    failure: report.failure,
    newest: report.newest,
    isSending: report.isSending,
    choose(next: string | null): void {
      setChosen(next)
      setIsTried(false)
      report.forget()
    },
    change(name: string, value: unknown): void {
      setValues((before) => ({ ...before, [name]: value }))
      report.forgetField(name)
    },
    /** Sends when all is well; else gives the name of the first field at fault. */
    submit(): string | null {
      setIsTried(true)
      report.forget()
      const fields = ['status', ...parts.flatMap(fieldsOf).map(({ name }) => name)]
      const first = fields.find((name) => wrong[name] !== undefined) ?? null
      if (first === null && !report.isSending) void report.send(toReport(rules, status, values), fields)
      return first
    },
  }
}

/** Values that were typed for another status stay in mind, but are no part of this report. */
function ownValues(rules: Rules, status: string, values: Values): Values {
  const names: readonly string[] = fieldsFor(rules, status, values)
    .flatMap(fieldsOf)
    .map(({ name }) => name)
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}
