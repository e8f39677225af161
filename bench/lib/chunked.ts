const LINE_END = '\r\n'

/**
 * The body of an answer with Transfer-Encoding: chunked, and where it ends; null while more must come. Trailers are not
 * understood: our servers send none.
 */
export function readChunked(bytes: Buffer, start: number): { body: Buffer; end: number } | null {
  const chunks: Buffer[] = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf(LINE_END, at)
    if (lineEnd < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (Number.isNaN(size)) throw new Error('A chunk without a size.')
    const from = lineEnd + LINE_END.length
    at = from + size + LINE_END.length
    if (bytes.length < at) return null
    if (size === 0) return { body: Buffer.concat(chunks), end: at }
    chunks.push(bytes.subarray(from, from + size))
  }
}
