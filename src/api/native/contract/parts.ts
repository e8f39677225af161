import { type Static, type TSchema, Type } from 'typebox'

/*
 * What the shapes of the native API are made of. Money is a decimal text such as "18500.00", a date is YYYY-MM-DD, an
 * instant is ISO 8601 in UTC; ids of leads, users and files are numbers, ids of tokens are UUIDs.
 */
export const Id = Type.Integer({ format: 'int64' })
export const Instant = Type.String({ format: 'date-time' })
export const CalendarDate = Type.String({ format: 'date' })
export const Money = Type.String({ description: 'A decimal with at most two digits after the point.' })
export const Text = Type.String()
export const Flag = Type.Boolean()
export const Count = Type.Integer({ minimum: 0 })

export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** One of a closed list of words. */
export function choice<const V extends readonly string[]>(values: V) {
  return Type.Unsafe<V[number]>(Type.String({ enum: [...values] }))
}

export const TextOrNull = nullable(Text)
export const InstantOrNull = nullable(Instant)
export const DateOrNull = nullable(CalendarDate)
export const MoneyOrNull = nullable(Money)
/** Where the next page begins; null on the last one. */
export const NextCursor = nullable(Type.String())

export type Shape<T extends TSchema> = Static<T>
