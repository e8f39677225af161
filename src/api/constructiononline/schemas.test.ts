import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { makeOwnLead } from '../../../test/support/lead-fixtures.ts'
import { toRecord } from './map-out.ts'
import { CREATE_BODY, LEAD_SCHEMA, UPDATE_BODY } from './schemas.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true })
formats.default(ajv)
const isLead = ajv.compile(LEAD_SCHEMA)
const isCreate = ajv.compile(CREATE_BODY)
const isUpdate = ajv.compile(UPDATE_BODY)

const GREG = { FIRSTNAME: 'Greg', LASTNAME: 'Smith', DISPLAY_NAME: 'Greg Smith', EMAIL: 'greg@example.com' }

describe('the documented schemas', () => {
  test('describe every record that is answered', () => {
    const full = makeOwnLead({
      firstName: 'Greg',
      email: 'greg@example.com',
      value: '1.50',
      quality: 3,
      status: 'JOB_WON',
      statusAt: '2026-03-05T10:00:00.000Z',
    })
    for (const lead of [makeOwnLead(), full]) {
      expect(isLead(toRecord(lead)), ajv.errorsText(isLead.errors)).toBe(true)
      const record = toRecord(lead)
      delete record['LEAD_NOTES']
      expect(isLead(record)).toBe(false)
    }
  })

  test('allow the documented sample bodies and a record sent back', () => {
    expect(isUpdate({ LEAD_QUALITY: '3', LEAD_VALUE: '40000' })).toBe(true)
    expect(isUpdate({})).toBe(true)
    expect(isUpdate(toRecord(makeOwnLead({ ...NAMES }))), ajv.errorsText(isUpdate.errors)).toBe(true)
    expect(isCreate(GREG)).toBe(true)
    expect(isCreate({ ...GREG, ZIP: 12345, LEAD_STATUS: 'Open', CITY: null })).toBe(true)
  })

  test('refuse what the API refuses', () => {
    for (const body of [{ LEAD_COLOUR: 1 }, { EMAIL: null }, { LEAD_STATUS: 'Won' }, { LEAD_QUALITY: 101 }]) {
      expect(isUpdate(body)).toBe(false)
      expect(isCreate({ ...GREG, ...body })).toBe(false)
    }
    expect(isCreate({ ...GREG, ID: 5 })).toBe(false)
    for (const name of Object.keys(GREG)) {
      expect(isCreate(Object.fromEntries(Object.entries(GREG).filter(([key]) => key !== name)))).toBe(false)
    }
  })
})

const NAMES = { firstName: 'Greg', lastName: 'Smith', displayName: 'Greg Smith', email: 'greg@example.com' }
