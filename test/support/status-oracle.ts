/**
 * An independent reading of the status rules: plain if-statements written from the published
 * prose of RenovationFind's "Update job status" and from the choices recorded in the design.
 * It shares nothing with the rule table of `src/core/lead/`, so that an error in one of them
 * shows as a disagreement between the two.
 */

const NAMES = [
  'status',
  'reason',
  'meetingScheduledDate',
  'jobAmount',
  'contactMethod',
  'estimateType',
  'lostReason',
  'estimatedProjectStartDate',
  'estimatedCompletionDate',
  'startDateTbd',
  'completionDateTbd',
]

function isRealDay(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  for (const place of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const character = text.charAt(place)
    if (character < '0' || character > '9') return false
  }
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  if (year < 1900) return false
  if (month < 1 || month > 12) return false
  if (day < 1 || day > 31) return false
  if (day === 31 && (month === 4 || month === 6 || month === 9 || month === 11)) return false
  if (month === 2) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
    if (day > (leap ? 29 : 28)) return false
  }
  return true
}

function isPayableAmount(value: unknown): boolean {
  if (typeof value !== 'number') return false
  if (!(value > 0) || !(value < 1_000_000_000_000)) return false
  // The shortest text that reads back as the same double; below one millionth it has an exponent.
  return /^[0-9]+(\.[0-9]{1,2})?$/.test(String(value))
}

function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

function hasUnstorableText(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code === 0) return true
    if (code >= 0xd800 && code <= 0xdfff) return true
  }
  return false
}

/** True when the body, as parsed from JSON, is a status report that must be accepted. */
export function oracleAccepts(body: Record<string, unknown>): boolean {
  for (const key of Object.keys(body)) {
    if (!NAMES.includes(key)) return false
  }
  const given = (name: string): boolean => body[name] !== undefined && body[name] !== null

  // The form of each value that was given, whatever the status.
  let hasReason = false
  if (given('reason')) {
    const reason = body['reason']
    if (typeof reason !== 'string') return false
    if (hasUnstorableText(reason)) return false
    const trimmed = reason.trim()
    if (countCodePoints(trimmed) > 500) return false
    hasReason = trimmed !== ''
  }
  for (const name of ['meetingScheduledDate', 'estimatedProjectStartDate', 'estimatedCompletionDate']) {
    const date = body[name]
    if (given(name) && !(typeof date === 'string' && isRealDay(date))) return false
  }
  for (const name of ['startDateTbd', 'completionDateTbd']) {
    if (given(name) && typeof body[name] !== 'boolean') return false
  }
  if (given('jobAmount') && !isPayableAmount(body['jobAmount'])) return false
  const method = body['contactMethod']
  if (given('contactMethod')) {
    if (method !== 'PHONE_CALL' && method !== 'TEXT' && method !== 'EMAIL' && method !== 'IN_PERSON_MEETING') {
      return false
    }
  }
  const estimate = body['estimateType']
  if (given('estimateType')) {
    if (
      estimate !== 'IN_PERSON_ESTIMATE' &&
      estimate !== 'EMAILED_ESTIMATE' &&
      estimate !== 'VERBAL_ESTIMATE' &&
      estimate !== 'PORTAL_ATTACHMENT_ESTIMATE' &&
      estimate !== 'OTHER'
    ) {
      return false
    }
  }
  const lost = body['lostReason']
  if (given('lostReason') && lost !== 'PRICE' && lost !== 'TIMING' && lost !== 'OTHER') {
    return false
  }

  // The reason is welcome everywhere; anything else only where the prose names it.
  const hasMeeting = given('meetingScheduledDate')
  const hasAmount = given('jobAmount')
  const hasMethod = given('contactMethod')
  const hasEstimate = given('estimateType')
  const hasLost = given('lostReason')
  const hasPlan =
    given('estimatedProjectStartDate') ||
    given('estimatedCompletionDate') ||
    given('startDateTbd') ||
    given('completionDateTbd')

  const status = body['status']
  if (
    status === 'HOMEOWNER_CONTACTED' ||
    status === 'QUOTE_SENT' ||
    status === 'JOB_PENDING_DECISION' ||
    status === 'NO_RESPONSE_FROM_HOMEOWNER' ||
    status === 'MULTIPLE_ATTEMPTS_NO_RESPONSE'
  ) {
    return !hasMeeting && !hasAmount && !hasMethod && !hasEstimate && !hasLost && !hasPlan
  }
  if (status === 'REACHED_OUT_TO_HOMEOWNER' || status === 'CONTACT_MADE') {
    return !hasMeeting && !hasAmount && !hasEstimate && !hasLost && !hasPlan
  }
  if (status === 'ESTIMATE_PROVIDED') {
    return !hasMeeting && !hasAmount && !hasMethod && !hasLost && !hasPlan
  }
  if (status === 'MEETUP_SCHEDULED') {
    return hasMeeting && !hasAmount && !hasMethod && !hasEstimate && !hasLost && !hasPlan
  }
  if (status === 'JOB_WON') {
    return hasAmount && !hasMeeting && !hasMethod && !hasEstimate && !hasLost && !hasPlan
  }
  if (status === 'JOB_LOST' || status === 'JOB_POSTPONED_OR_CANCELLED' || status === 'OTHER') {
    if (hasMeeting || hasAmount || hasMethod || hasEstimate || hasLost || hasPlan) return false
    return hasReason
  }
  if (status === 'LEAD_LOST') {
    if (hasMeeting || hasAmount || hasMethod || hasEstimate || hasPlan) return false
    if (!hasLost) return false
    return lost === 'OTHER' ? hasReason : true
  }
  if (status === 'LEAD_WON') {
    if (hasMeeting || hasMethod || hasEstimate || hasLost) return false
    if (!hasAmount) return false
    const start = body['estimatedProjectStartDate']
    const completion = body['estimatedCompletionDate']
    const startTbd = body['startDateTbd'] === true
    const completionTbd = body['completionDateTbd'] === true
    if (given('estimatedProjectStartDate') === startTbd) return false
    if (given('estimatedCompletionDate') === completionTbd) return false
    if (typeof start === 'string' && typeof completion === 'string' && completion < start) {
      return false
    }
    return true
  }
  return false
}
