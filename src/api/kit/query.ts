import type { FastifyRequest } from 'fastify'
import { refuse } from '../../core/errors.ts'

/**
 * The query's parameters by name. One that the operation does not have, or that is given twice, is refused by name: a
 * misspelt filter must not show everything.
 */
export function readQuery<Name extends string>(
  request: FastifyRequest,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  const read: Partial<Record<Name, string>> = {}
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
    const match = known.find((candidate) => candidate === name)
    if (match === undefined) {
      refuseParameter(`There is no parameter ${shown(name)}; the parameters are ${known.join(', ')}.`)
    }
    if (typeof value !== 'string') refuseParameter(`${match} is given more than once.`)
    read[match] = value
  }
  return read
}

export function readLimit(text: string | undefined, { fallback, max }: { fallback: number; max: number }): number {
  if (text === undefined) return fallback
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= max ? limit : refuseParameter(`limit must be a whole number from 1 to ${max}.`)
}

/** A name of the client's own making, safe to repeat in an error text. */
function shown(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name).replace(/[{}]/g, '')
}

export function refuseParameter(text: string): never {
  refuse('request.parameter-invalid', text)
}
