import type { Expectation } from '../../app/leads/write-lead.ts'
import { refusal, refuse } from '../../core/errors.ts'
import { toSeconds } from '../../lib/calendar.ts'

const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** What an If-Unmodified-Since header expects of a lead; our choice, in the whole seconds of LMOD. */
export function unmodifiedSince(header: string | undefined): readonly Expectation[] {
  if (header === undefined) return []
  const sinceMs = HTTP_DATE.test(header.trim()) ? Date.parse(header) : Number.NaN
  if (Number.isNaN(sinceMs)) {
    return refuse('request.header-invalid', 'If-Unmodified-Since must be an HTTP date, such as that of LMOD.')
  }
  const text = 'The lead has changed since If-Unmodified-Since; read it again.'
  return [
    {
      holds: (lead) => Date.parse(toSeconds(lead.modifiedAt)) <= sinceMs,
      refusal: refusal('lead.changed-meanwhile', text),
    },
  ]
}
