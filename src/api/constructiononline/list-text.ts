import type { Lead } from '../../core/lead/lead.ts'
import { toRecord } from './map-out.ts'

const CHUNK_CHARACTERS = 65_536

/**
 * The text of a JSON array of leads (inferred shape), piece by piece, so that a list of any length needs the memory of
 * one page. Whoever stops reading stops the pages.
 */
export async function* listText(pages: AsyncIterable<readonly Lead[]>): AsyncGenerator<string, void, void> {
  let text = '['
  let separator = ''
  for await (const page of pages) {
    for (const lead of page) {
      text += separator + JSON.stringify(toRecord(lead))
      separator = ','
      if (text.length < CHUNK_CHARACTERS) continue
      yield text
      text = ''
    }
  }
  yield `${text}]`
}
