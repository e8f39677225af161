export interface BasicCredentials {
  readonly userId: string
  readonly password: string
}

const SCHEME = /^Basic +([A-Za-z0-9+/_-]+={0,2}) *$/i
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Every reading of a Basic Authorization header (RFC 7617), most likely first: as UTF-8 when the bytes are UTF-8, and
 * as ISO-8859-1 (documented C# client) when that gives another text. Only the first colon separates, so a password may
 * contain colons. Empty when the header is not Basic, or holds no colon or a control character.
 */
export function readBasicCredentials(header: string): readonly BasicCredentials[] {
  const encoded = SCHEME.exec(header)?.[1]
  if (encoded === undefined) return []
  const bytes = Buffer.from(encoded, 'base64')
  const latin1 = bytes.toString('latin1')
  const texts = new Set([decodeUtf8(bytes) ?? latin1, latin1])
  return [...texts].flatMap(split)
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

// RFC 7617 allows no control characters. Those from U+0080 on are let through: they are what the bytes of UTF-8 look
// like when read as ISO-8859-1.
const CONTROL = /[\p{Cc}--[\u0080-\u009F]]/v

function split(text: string): BasicCredentials[] {
  const colon = text.indexOf(':')
  if (colon === -1 || CONTROL.test(text)) return []
  return [{ userId: text.slice(0, colon), password: text.slice(colon + 1) }]
}
