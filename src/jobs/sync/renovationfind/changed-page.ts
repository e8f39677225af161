import type { ChangedPage, LinkedLead, UpstreamAnswer } from '../connector.ts'
import { isObject, readChanged } from './wire-in.ts'

/**
 * A page of the list with `modifiedSince` and `view=full`, as a Leadwright answers it. null when it is not in that form: a
 * service that takes the same address for something else.
 */
export function pageOf({ json, dateMs }: UpstreamAnswer): ChangedPage | null {
  if (!isObject(json) || !Array.isArray(json['data']) || dateMs === null) return null
  const cursor = json['nextCursor']
  if (cursor !== null && typeof cursor !== 'string') return null
  const leads: LinkedLead[] = []
  for (const row of json['data'] as readonly unknown[]) {
    const lead = readChanged(row)
    if (lead === null || lead.modifiedAt === null) return null
    leads.push(lead)
  }
  return { leads, cursor, answeredAt: new Date(dateMs).toISOString() }
}
