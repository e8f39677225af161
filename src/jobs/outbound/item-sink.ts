import { type JsonArrayFault, JsonArrayReader } from '../../lib/json-array.ts'
import type { CallFault, UpstreamRequest } from '../sync/connector.ts'
import { away } from './upstream-answer.ts'

type Each = NonNullable<UpstreamRequest['each']>

/** A lead is about a kilobyte, and what its reader makes of it another one that stays. */
const LIST_BYTES_MAX = 256_000_000
const ITEMS_MAX = 200_000
const ITEM_LENGTH_MAX = 1_000_000

const FAULTS: { readonly [F in JsonArrayFault]: CallFault } = {
  'not-an-array': away('not-understood', 'It answered with JSON that is not a list.'),
  broken: away('not-json', 'It answered with a text that is not the JSON that it says it is.'),
  'too-long': away('too-large', 'An entry of its list is too large.'),
  'too-deep': away('not-json', 'It answered with JSON that is nested too deep.'),
}

/**
 * Hands the elements of an answered list on while they arrive. A list may be large, and what a hostile one would become
 * in memory larger by far, so neither its text nor its values are held here.
 */
export class ItemSink {
  readonly #each: Each
  readonly #reader = new JsonArrayReader(ITEM_LENGTH_MAX)
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  #bytes = 0
  #items = 0
  #fault: CallFault | null = null

  constructor(each: Each) {
    this.#each = each
  }

  /** Why the list cannot be used, as far as it has come. */
  get fault(): CallFault | null {
    return this.#fault
  }

  /** Takes the next bytes; false when nothing more is wanted. */
  take(piece: Buffer): boolean {
    this.#bytes += piece.length
    this.#fault ??=
      this.#bytes > LIST_BYTES_MAX
        ? away('too-large', 'Its list is too large.')
        : this.#read(() => this.#decoder.decode(piece, { stream: true }))
    return this.#fault === null
  }

  /** To be asked when all bytes have come: null when the list was whole. */
  end(): CallFault | null {
    this.#fault ??= this.#read(() => this.#decoder.decode())
    if (this.#fault !== null) return this.#fault
    const fault = this.#reader.end()
    return fault === null ? null : FAULTS[fault]
  }

  #read(decode: () => string): CallFault | null {
    let text: string
    try {
      text = decode()
    } catch {
      return away('not-json', 'It answered with bytes that are not UTF-8.')
    }
    const items = this.#reader.push(text)
    if (!items.ok) return FAULTS[items.fault]
    for (const item of items.value) {
      const fault = this.#hand(item)
      if (fault !== null) return fault
    }
    return null
  }

  #hand(item: string): CallFault | null {
    this.#items += 1
    if (this.#items > ITEMS_MAX) return away('too-large', 'Its list has too many entries.')
    let value: unknown
    try {
      value = JSON.parse(item)
    } catch {
      return FAULTS.broken
    }
    const complaint = this.#each(value, item)
    return complaint === null ? null : away('not-understood', complaint)
  }
}
