import { RefusalError, refuse } from '../../core/errors.ts'
import { checkLeadEdit, LEAD_EDIT_FIELDS, type LeadEdit } from '../../core/lead/lead-edit.ts'
import { MONEY_RULES } from '../../core/lead/properties.ts'
import { checkStatusReport, type StatusReport } from '../../core/lead/status-report.ts'
import { REPORT_FIELD_NAMES } from '../../core/lead/status-rules.ts'
import { moneyToNumber, parseMoneyText } from '../../lib/decimal.ts'
import { type JsonObject, refuseUnknown } from '../kit/json-body.ts'
import { Lead } from './contract/leads.ts'

/** An edit as a client sends it. What a lead has and no edit can set is refused as read-only, by its name. */
export function mapEdit(body: JsonObject): LeadEdit {
  for (const field of Object.keys(body)) {
    if ((LEAD_EDIT_FIELDS as readonly string[]).includes(field) || !Object.hasOwn(Lead.properties, field)) continue
    refuse('field.read-only', `{${field}} cannot be set here; leave it out.`, { field })
  }
  refuseUnknown(body, LEAD_EDIT_FIELDS)
  const checked = checkLeadEdit(body)
  if (!checked.ok) throw new RefusalError(checked.fault)
  return checked.value
}

const REPORT_NAMES = ['status', ...REPORT_FIELD_NAMES] as const

/**
 * A status report with core names: exactly what the rules take, but that an amount may also come as the decimal text in
 * which this API gives it.
 */
export function mapReport(body: JsonObject): StatusReport {
  refuseUnknown(body, REPORT_NAMES)
  const { jobAmount } = body
  const checked = checkStatusReport(typeof jobAmount === 'string' ? { ...body, jobAmount: amountOf(jobAmount) } : body)
  if (!checked.ok) throw new RefusalError(checked.fault)
  return checked.value
}

/** Decimal text as the number that it is, which below the limit is exact to the cent. */
function amountOf(text: string): number {
  const money = parseMoneyText(text.trim())
  if (money.ok) return moneyToNumber(money.value)
  return refuse('field.invalid', `{jobAmount} ${MONEY_RULES[money.fault]}`, { field: 'jobAmount' })
}
