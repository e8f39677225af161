import type { Lead } from '../../core/lead/lead.ts'
import { PROPERTIES, readProperty } from './properties.ts'

/** Inferred: one flat object without an envelope, every key always there, a property without a value null. */
export function toRecord(lead: Lead): Record<string, string | number | null> {
  const record: Record<string, string | number | null> = {}
  for (const property of PROPERTIES) record[property.name] = readProperty(property, lead)
  return record
}
