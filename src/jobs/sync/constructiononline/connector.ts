import type { SyncFields } from '../../../core/sync/shape.ts'
import type { Connector, Outcome, Push, UpstreamAnswer, UpstreamCall, UpstreamLead } from '../connector.ts'
import { type ReadLead, readRecord, writeRecord } from './record.ts'

export interface ConstructionOnlineAccount {
  readonly email: string
  readonly password: string
  readonly apiKey: string
}

/** ConstructionOnline's Leads API: list, create and update are documented, and nothing else is used. */
export function makeConstructionOnlineConnector(account: ConstructionOnlineAccount, call: UpstreamCall): Connector {
  const credentials = Buffer.from(`${account.email}:${account.password}`, 'utf8').toString('base64')
  const headers = { accept: 'application/json', authorization: `Basic ${credentials}`, apikey: account.apiKey }
  const writing = { ...headers, 'content-type': 'application/json' }
  return {
    pull: () => pull(call, headers),
    push: async (upstreamId, { fields, readAt }: Push) =>
      oneLead(
        await call({
          method: 'PUT',
          path: `/api/Leads?id=${encodeURIComponent(upstreamId)}`,
          headers: readAt === null ? writing : { ...writing, 'if-unmodified-since': new Date(readAt).toUTCString() },
          body: writeRecord(fields),
        }),
      ),
    create: async (fields: SyncFields, key: string) =>
      oneLead(
        await call({
          method: 'POST',
          path: '/api/Leads',
          headers: { ...writing, 'idempotency-key': key },
          body: writeRecord(fields),
        }),
      ),
  }
}

async function pull(
  call: UpstreamCall,
  headers: Readonly<Record<string, string>>,
): Promise<Outcome<readonly UpstreamLead[]>> {
  const leads = new Map<string, ReadLead>()
  const answer = await call({
    method: 'GET',
    path: '/api/Leads',
    headers,
    each: (item, text) => {
      const read = readRecord(item, text)
      if (!read.ok) return read.fault
      if (leads.has(read.value.id)) return `The lead ${read.value.id} is listed twice.`
      leads.set(read.value.id, read.value)
      return null
    },
  })
  if (answer.kind !== 'ok') return answer
  return { kind: 'ok', value: [...leads.values()].map((lead) => settled(lead, answer.value)) }
}

function oneLead(answer: Outcome<UpstreamAnswer>): Outcome<UpstreamLead> {
  if (answer.kind !== 'ok') return answer
  const read = readRecord(answer.value.json, answer.value.text)
  if (read.ok) return { kind: 'ok', value: settled(read.value, answer.value) }
  return { kind: 'away', cause: 'not-understood', unsent: false, text: `The answer is not understood. ${read.fault}` }
}

/**
 * LMOD tells whole seconds. A lead that was read within its second of change, or as soon after it as a change may take to
 * be kept, may have changed again without LMOD showing it. Without a clock of the upstream nothing can be known, and it is
 * taken as it is.
 */
function settled(lead: ReadLead, { dateMs }: UpstreamAnswer): UpstreamLead {
  const isSettled =
    dateMs === null ||
    lead.modifiedAt === null ||
    Math.floor(dateMs / 1000) > Math.floor(Date.parse(lead.modifiedAt) / 1000) + 1
  return { ...lead, isSettled }
}
