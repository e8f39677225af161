import { refuse } from '../../core/errors.ts'

/** Below 10^15, so far below 2^53. */
const SURELY_SAFE = /^\d{1,15}$/

/**
 * Reads an id of the wire (documented: int64). Refuses what is not a whole number of 64 bits; a number that no lead can
 * have is passed on as it is, to be not found.
 */
export function readId(text: string, name: string): number {
  if (SURELY_SAFE.test(text)) return Number(text)
  if (!/^-?\d{1,19}$/.test(text) || BigInt.asIntN(64, BigInt(text)) !== BigInt(text)) {
    refuse('request.id-invalid', `${name} must be a whole number of 64 bits.`)
  }
  const id = Number(text)
  // Leadwright draws ids from 1 upwards and stays far below 2^53: everything else names no lead.
  return Number.isSafeInteger(id) && id > 0 ? id : 0
}
