import type { LeadField } from '../lead/lead.ts'

/** The services that a company may have an account with. */
export const CONNECTION_KINDS = ['renovationfind', 'constructiononline'] as const
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

/** What happens to a field that both sides changed to different values. */
export const FIELD_RULES = ['ask', 'upstream', 'ours', 'newest'] as const
export type FieldRule = (typeof FIELD_RULES)[number]

/** Rules by field; `*` is that of every field without one of its own, and `ask` without that. */
export type FieldRules = Readonly<Record<string, FieldRule>>

export function ruleOf(rules: FieldRules, field: string): FieldRule {
  return rules[field] ?? rules['*'] ?? 'ask'
}

/** The fields that a connection of a kind moves. */
export const SYNC_FIELDS: { readonly [K in ConnectionKind]: readonly LeadField[] } = {
  renovationfind: ['action', 'status'],
  constructiononline: [
    'firstName',
    'middleName',
    'lastName',
    'displayName',
    'customerCompany',
    'email',
    'phone',
    'mobilePhone',
    'mobileProvider',
    'fax',
    'address',
    'city',
    'state',
    'zip',
    'country',
    'website',
    'summary',
    'experience',
    'contactQuality',
    'contactRegion',
    'contactDivision',
    'contactOffice',
    'contactCategory',
    'contactTrade',
    'contactFieldId',
    'status',
    'stage',
    'sourceLabel',
    'quality',
    'value',
    'type',
    'openedDate',
    'notes',
  ],
}
