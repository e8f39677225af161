import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { STATUSES } from '../../core/lead/follow-ups.ts'
import {
  BOARD_STAGES,
  isReportStatus,
  REPORT_FIELD_NAMES,
  REPORT_FIELDS,
  type ReportField,
  type ReportFieldRule,
  STATUS_RULES,
} from '../../core/lead/status-rules.ts'
import { chargeNow } from '../kit/face.ts'
import { LeadStatuses } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'
import { operation, problems, success } from './describe.ts'

const schema = operation(
  'List the statuses',
  'The rule table: what each status asks of a report, and what follows it.',
  {
    response: { 200: success('The rules.', LeadStatuses), ...problems() },
  },
)

type Rules = Shape<typeof LeadStatuses>

/** The status rules as data, with the follow-up times of the company. */
export function addRuleRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/lead-statuses', { schema }, async (request, reply) => {
    const { companyId } = await chargeNow(app, request)
    const { byStatus } = await app.followUps.of(companyId)
    const rules: Rules = {
      stages: [...BOARD_STAGES],
      fields: REPORT_FIELD_NAMES.map(toField),
      statuses: STATUSES.map((status) => toRule(status, byStatus[status])),
    }
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(rules))
  })
}

type Field = Rules['fields'][number]

function toField(name: ReportField): Field {
  const rule: ReportFieldRule = REPORT_FIELDS[name]
  return rule.kind === 'choice' ? { name, kind: rule.kind, values: [...rule.values] } : { name, ...rule }
}

type Rule = Rules['statuses'][number]

function toRule(status: (typeof STATUSES)[number], followUpHours: number | null): Rule {
  const { stage, required, optional, eitherOr, requiredWhen, outcome, final, attachmentSoftRequired } =
    STATUS_RULES[status]
  return {
    status,
    reportable: isReportStatus(status),
    boardStage: stage,
    outcome,
    final,
    required: [...required],
    optional: [...optional],
    eitherOr: eitherOr.map(([date, flag]) => ({ date, flag })),
    requiredWhen: [...requiredWhen],
    attachmentSoftRequired,
    followUpHours,
  }
}
