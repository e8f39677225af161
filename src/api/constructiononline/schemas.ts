import { type TObject, type TProperties, type TSchema, Type } from 'typebox'
import { EDITABLE_FIELDS, type EditableField } from '../../core/lead/properties.ts'
import { MONEY_LIMIT_TEXT } from '../../lib/decimal.ts'
import { STATUS_NAMES } from './lead-status.ts'
import { type FieldProperty, jsonKindOf, PROPERTIES, type Property } from './properties.ts'
import { TAKE_MAX } from './query.ts'

/**
 * These schemas make the OpenAPI document and check nothing by themselves: bodies are checked by the property table,
 * from which the ones here are built.
 */
const TAGS = ['ConstructionOnline']
const SECURITY = [{ constructionOnlineBasic: [], constructionOnlineKey: [] }]
/** Documents the common ones; the bytes of a body decide, under whatever Content-Type it comes. */
const CONSUMES = ['application/json', 'application/x-www-form-urlencoded', 'text/plain']
const STATUS_LIST = Object.values(STATUS_NAMES)

function nullable(schema: TSchema): TSchema {
  return Type.Union([schema, Type.Null()])
}

function described(schema: TSchema, property: Property): TSchema {
  return { ...schema, description: `${property.meaning} (${property.evidence})` }
}

/** The JSON form of a property in an answer. */
function shownSchema(property: Property): TSchema {
  switch (jsonKindOf(property)) {
    case 'text':
      return nullable(Type.String())
    case 'email':
      return nullable(Type.String({ format: 'email' }))
    case 'integer':
      return property.kind === 'read-only' ? Type.Integer({ format: 'int64' }) : nullable(Type.Integer())
    case 'money':
      return nullable(Type.Number())
    case 'date':
      return nullable(Type.String({ format: 'date' }))
    case 'instant':
      return Type.String({ format: 'date-time' })
    case 'status':
      return Type.String({ enum: STATUS_LIST })
  }
}

/** What may be sent for a writable property: numbers also as text, texts also as numbers. */
function sentSchema(property: FieldProperty): TSchema {
  const forms = [...sentForms(property.field), ...(property.required ? [] : [Type.Null()])]
  return forms.length === 1 && forms[0] !== undefined ? forms[0] : Type.Union(forms)
}

function sentForms(field: EditableField): TSchema[] {
  const rule = EDITABLE_FIELDS[field]
  switch (rule.kind) {
    case 'text':
      return [Type.String({ maxLength: rule.lengthMax }), Type.Number()]
    case 'email':
      return [Type.String({ format: 'email', maxLength: 254 })]
    case 'date':
      return [Type.String({ format: 'date' })]
    case 'integer':
      return [Type.Integer({ minimum: rule.min, maximum: rule.max }), Type.String({ pattern: '^[+-]?\\d{1,9}$' })]
    case 'money':
      return [
        Type.Number({ minimum: 0, exclusiveMaximum: Number(MONEY_LIMIT_TEXT) }),
        Type.String({ pattern: '^\\+?\\d+(\\.\\d+)?$' }),
      ]
  }
}

function bodyProperty(property: Property): TSchema {
  switch (property.kind) {
    case 'field':
      return sentSchema(property)
    case 'status':
      return Type.String({ enum: STATUS_LIST })
    case 'read-only':
      return { ...shownSchema(property), readOnly: true } as TSchema
  }
}

function bodySchema(properties: readonly Property[], isRequired: (property: Property) => boolean): TObject {
  const members: TProperties = {}
  for (const property of properties) {
    const schema = described(bodyProperty(property), property)
    members[property.name] = isRequired(property) ? schema : Type.Optional(schema)
  }
  return Type.Object(members, { additionalProperties: false })
}

/** One lead, as every answer shows it. */
export const LEAD_SCHEMA = Type.Object(
  Object.fromEntries(PROPERTIES.map((property) => [property.name, described(shownSchema(property), property)])),
  { additionalProperties: false, description: 'The record of the lead.' },
)

const isRequired = (property: Property) => property.kind === 'field' && property.required
export const CREATE_BODY = bodySchema(
  PROPERTIES.filter(({ kind }) => kind !== 'read-only'),
  isRequired,
)
export const UPDATE_BODY = bodySchema(PROPERTIES, () => false)

function fault(description: string): TSchema {
  return Type.Object({ Message: Type.String() }, { description })
}

const FAULTS = {
  400: fault('The request is malformed, or a property is unknown, read-only or not valid (our choice).'),
  401: fault('Basic credentials and APIKey are missing, wrong, or of two companies (our choice).'),
  429: fault('The limit of the hour, day, week or month is reached (documented); Retry-After tells the wait.'),
  500: fault('Internal error; the request was not carried out (documented).'),
  503: fault('Not able to work at the moment; Retry-After tells the wait (our choice).'),
}
const NOT_FOUND = fault('There is no such lead (documented).')
const WRITE_FAULTS = {
  ...FAULTS,
  413: fault('The body is too large (our choice).'),
  422: fault('The Idempotency-Key was used with another request (our choice).'),
}

const KEY_HEADER = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'The same key and request give the same answer.' }),
  ),
})

export const LIST_SCHEMA = {
  tags: TAGS,
  security: SECURITY,
  operationId: 'getLeads',
  summary: 'List leads, or get one',
  description:
    'All leads being worked, ordered by ID, as an array (documented but for order and shape). By analogy with other ' +
    'resources: id gets one lead as an object, fromDate those modified since, skip and take a stretch of the list.',
  querystring: Type.Object({
    id: Type.Optional(Type.Integer({ format: 'int64', description: 'One lead; not with the others (inferred).' })),
    fromDate: Type.Optional(
      Type.String({ format: 'date', description: 'Modified on or after this day, UTC (inferred).' }),
    ),
    skip: Type.Optional(Type.Integer({ minimum: 0, description: 'Only together with take (inferred).' })),
    take: Type.Optional(
      Type.Integer({ minimum: 1, maximum: TAKE_MAX, description: 'Only together with skip (inferred).' }),
    ),
  }),
  response: {
    200: {
      description: 'An array of leads; with id, one lead.',
      ...Type.Union([Type.Array(LEAD_SCHEMA), LEAD_SCHEMA]),
    },
    404: NOT_FOUND,
    ...FAULTS,
  },
}

export const CREATE_SCHEMA = {
  tags: TAGS,
  security: SECURITY,
  operationId: 'createLead',
  summary: 'Create a lead',
  description: 'Makes a lead of the four required properties and any others (documented). Names ignore letter case.',
  consumes: CONSUMES,
  headers: KEY_HEADER,
  body: CREATE_BODY,
  response: { 200: LEAD_SCHEMA, ...WRITE_FAULTS },
}

export const UPDATE_SCHEMA = {
  tags: TAGS,
  security: SECURITY,
  operationId: 'updateLead',
  summary: 'Update a lead',
  description:
    'Changes only the properties sent (documented). null clears an optional one, an empty body changes nothing, and a ' +
    'read-only property is accepted when it equals the record (our choice). Names ignore letter case.',
  consumes: CONSUMES,
  headers: KEY_HEADER,
  querystring: Type.Object({ id: Type.Integer({ format: 'int64', description: 'The lead (documented).' }) }),
  body: UPDATE_BODY,
  response: {
    200: LEAD_SCHEMA,
    404: NOT_FOUND,
    409: fault('The lead is won: LEAD_STATUS and LEAD_VALUE can no longer change (our choice).'),
    ...WRITE_FAULTS,
  },
}
