import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeOwnLead, T0 } from '../../../test/support/lead-fixtures.ts'
import { EDITABLE_FIELDS } from '../../core/lead/properties.ts'
import { toRecord } from './map-out.ts'
import { findProperty, PROPERTIES, type Property, propertyNameOf } from './properties.ts'

function accessOf(property: Property): string {
  if (property.kind === 'read-only') return 'read-only'
  return property.kind === 'field' && property.required ? 'required' : 'read and write'
}

describe('the property table', () => {
  test('is the table of EVIDENCE.md, name by name', () => {
    const text = readFileSync(new URL('./EVIDENCE.md', import.meta.url), 'utf8')
    const rows = text.slice(text.indexOf('## Properties')).match(/^\| `.*$/gm)
    expect(rows).toEqual(PROPERTIES.map((p) => `| \`${p.name}\` | ${p.evidence} | ${accessOf(p)} |`))
  })

  test('names each property once, in upper case', () => {
    const names = PROPERTIES.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
  })

  test('has every field that may be edited but the three that this API has no word for', () => {
    const fields = new Set(PROPERTIES.flatMap((property) => (property.kind === 'field' ? [property.field] : [])))
    const left = Object.keys(EDITABLE_FIELDS).filter((field) => !fields.has(field as keyof typeof EDITABLE_FIELDS))
    expect(left).toEqual(['category', 'originalDescription', 'nextActionDate'])
  })

  test('finds a name in any letter case of ASCII and in no other spelling', () => {
    expect(findProperty('lead_Value')?.name).toBe('LEAD_VALUE')
    for (const name of ['LEAD VALUE', 'LEADVALUE', '\u0131d', 'ſtate', '', 'toString']) {
      expect(findProperty(name)).toBeUndefined()
    }
  })

  test('gives core fields their wire names, the first spelling where there are two', () => {
    expect(['zip', 'value', 'status', 'jobAmount', 'reason', 'unheard'].map(propertyNameOf)).toEqual([
      ...['ZIP', 'LEAD_VALUE', 'LEAD_STATUS', 'LEAD_VALUE', 'LEAD_NOTES', 'unheard'],
    ])
  })
})

describe('a record', () => {
  test('shows cents exactly, instants in whole seconds, and the closing day of won and lost leads only', () => {
    const statusAt = '2026-03-05T23:59:59.999Z'
    const won = makeOwnLead({ status: 'LEAD_WON', statusAt, value: '999999999999.99', modifiedAt: statusAt })
    expect(toRecord(won)).toMatchObject({
      LEAD_STATUS: 'Closed - Won',
      LEAD_VALUE: 999999999999.99,
      LEAD_CLOSED_DATE: '2026-03-05',
      LMOD: '2026-03-05T23:59:59Z',
    })
    expect(toRecord(makeOwnLead({ status: 'LEAD_LOST', statusAt }))['LEAD_CLOSED_DATE']).toBe('2026-03-05')
    const onHold = toRecord(makeOwnLead({ status: 'JOB_POSTPONED_OR_CANCELLED', statusAt }))
    expect(onHold).toMatchObject({ LEAD_STATUS: 'Inactive', LEAD_CLOSED_DATE: null })
    expect(toRecord(makeOwnLead({ value: '0.00', modifiedAt: T0 }))).toMatchObject({ LEAD_VALUE: 0 })
  })
})
