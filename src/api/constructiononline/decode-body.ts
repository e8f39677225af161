import { isUtf8 } from 'node:buffer'
import { parseStrictJson, type StrictJsonFault } from '../../lib/strict-json.ts'

/** `fields` has no prototype; `message` is one plain sentence fit for `{"Message": …}`. */
export type DecodedBody =
  | { kind: 'empty' }
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; fields: Record<string, string> }
  | { kind: 'fault'; message: string }

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'
type DecodedText = { ok: true; text: string } | { ok: false; message: string }

/** Longest byte order mark first: that of UTF-32 LE starts with that of UTF-16 LE. */
const BYTE_ORDER_MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

const WINDOWS_1252 = /;\s*charset\s*=\s*"?(?:windows-1252|cp1252|x-cp1252)"?\s*(?:;|$)/i
const FORM_START = /^[A-Za-z_]/
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/
const JSON_BLANKS = ' \t\r\n'
const NAME_SHOWN_MAX = 60

/**
 * Reads a request body by its bytes: JSON or form fields, in UTF-8, UTF-16, UTF-32 or ISO-8859-1, with or without a
 * byte order mark. Never throws.
 *
 * The documented sample clients make this necessary (samples): curl sends JSON as a form type, Python without a type
 * or as real fields, C# in UTF-32 LE without a mark, JavaScript nothing at all. Our choice: the Content-Type is
 * believed in one case only, Windows-1252 for bytes that are not Unicode.
 */
export function decodeBody(bytes: Buffer, contentType: string | undefined): DecodedBody {
  const decoded = decodeText(bytes, contentType)
  if (!decoded.ok) return fault(decoded.message)
  const { text } = decoded
  if (text.includes('\0')) return fault('The body contains a NUL character.')
  // A form may end in a line break, which a form encoder would have escaped if it belonged to the value.
  const trimmed = trimBlanks(text)
  if (trimmed === '') return { kind: 'empty' }
  if (FORM_START.test(trimmed) && trimmed.includes('=')) return decodeForm(trimmed)
  // The untrimmed text, so that the line and column of a syntax error are those of what was sent.
  const parsed = parseStrictJson(text)
  return parsed.ok ? { kind: 'json', value: parsed.value } : fault(jsonFaultMessage(parsed.fault))
}

/** String.prototype.trim would also take no-break spaces and the like, which JSON and forms do not skip. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && JSON_BLANKS.includes(text.charAt(start))) start += 1
  while (end > start && JSON_BLANKS.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

function decodeText(bytes: Buffer, contentType: string | undefined): DecodedText {
  const { encoding, start } = detectEncoding(bytes)
  const content = start === 0 ? bytes : bytes.subarray(start)
  switch (encoding) {
    case 'utf-8':
      return start === 0 ? { ok: true, text: decodeUnmarked(content, contentType) } : decodeUtf8(content)
    case 'utf-16le':
      return decodeUtf16(content)
    case 'utf-16be':
      // swap16 needs pairs and works in place: an odd length is refused by decodeUtf16, and the caller keeps its bytes.
      return decodeUtf16(content.length % 2 === 0 ? Buffer.from(content).swap16() : content)
    case 'utf-32le':
      return decodeUtf32(content, true)
    case 'utf-32be':
      return decodeUtf32(content, false)
  }
}

function detectEncoding(bytes: Buffer): { encoding: Encoding; start: number } {
  const first = bytes[0]
  // JSON and form text start with an ASCII character, so a zero byte within the first two gives the wide encodings away.
  if (first !== undefined && first > 0 && first < 0x80 && bytes[1] !== 0) return { encoding: 'utf-8', start: 0 }
  for (const [encoding, mark] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return { encoding, start: mark.length }
  }
  return { encoding: encodingByZeroBytes(bytes), start: 0 }
}

function encodingByZeroBytes(bytes: Buffer): Encoding {
  const [first, second, third, fourth] = bytes
  if (first !== 0 && second === 0) return third === 0 && fourth === 0 ? 'utf-32le' : 'utf-16le'
  if (first !== 0 || second === undefined) return 'utf-8'
  if (second !== 0) return 'utf-16be'
  return third === 0 && fourth !== undefined && fourth !== 0 ? 'utf-32be' : 'utf-8'
}

function decodeUtf8(bytes: Buffer): DecodedText {
  if (!isUtf8(bytes)) return { ok: false, message: 'The body is not valid UTF-8.' }
  return { ok: true, text: bytes.toString('utf8') }
}

function decodeUnmarked(bytes: Buffer, contentType: string | undefined): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  if (contentType !== undefined && WINDOWS_1252.test(contentType)) return new TextDecoder('windows-1252').decode(bytes)
  return bytes.toString('latin1')
}

function decodeUtf16(bytes: Buffer): DecodedText {
  if (bytes.length % 2 !== 0) return { ok: false, message: 'The body ends inside a UTF-16 character.' }
  const text = bytes.toString('utf16le')
  return text.isWellFormed() ? { ok: true, text } : { ok: false, message: 'The body is not valid UTF-16.' }
}

/** By hand, as neither Buffer nor TextDecoder knows UTF-32. */
function decodeUtf32(bytes: Buffer, littleEndian: boolean): DecodedText {
  if (bytes.length % 4 !== 0) return { ok: false, message: 'The body ends inside a UTF-32 character.' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const units = Buffer.allocUnsafe(bytes.length)
  let end = 0
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian)
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      return { ok: false, message: 'The body is not valid UTF-32.' }
    }
    if (point < 0x10000) {
      end = units.writeUInt16LE(point, end)
    } else {
      end = units.writeUInt16LE(0xd800 + ((point - 0x10000) >> 10), end)
      end = units.writeUInt16LE(0xdc00 + ((point - 0x10000) & 0x3ff), end)
    }
  }
  return { ok: true, text: units.toString('utf16le', 0, end) }
}

/** `application/x-www-form-urlencoded`; a part without `=` is a field with an empty value, as in the URL Standard. */
function decodeForm(text: string): DecodedBody {
  const fields: Record<string, string> = Object.create(null)
  for (const part of text.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const rawName = equals < 0 ? part : part.slice(0, equals)
    const name = decodeComponent(rawName)
    const value = decodeComponent(equals < 0 ? '' : part.slice(equals + 1))
    if (name === undefined || value === undefined) {
      return fault(`The form field ${shown(rawName)} has a broken % escape.`)
    }
    if (name === '__proto__') return fault(jsonFaultMessage({ kind: 'forbidden-key', key: name }))
    if (name in fields) return fault(jsonFaultMessage({ kind: 'duplicate-key', key: name }))
    fields[name] = value
  }
  return { kind: 'form', fields }
}

/** Undefined for a `%` without two hexadecimal digits. Escaped bytes that are not UTF-8 are ISO-8859-1. */
function decodeComponent(component: string): string | undefined {
  const spaced = component.replaceAll('+', ' ')
  if (!spaced.includes('%')) return spaced
  if (BROKEN_ESCAPE.test(spaced)) return undefined
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  }
}

function jsonFaultMessage(fault: StrictJsonFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'The body is empty.'
    case 'syntax':
      return `The body is not valid JSON: ${fault.message}.`
    case 'duplicate-key':
      return `The body has the property ${shown(fault.key)} twice.`
    case 'forbidden-key':
      return `The body has the property ${shown(fault.key)}, which is not allowed.`
    case 'too-deep':
      return `The body is nested more than ${fault.depthMax} levels deep.`
  }
}

/** A name from the body in quotes, cut so that an answer stays short. */
function shown(name: string): string {
  const start = [...name.slice(0, 2 * NAME_SHOWN_MAX)].slice(0, NAME_SHOWN_MAX).join('')
  return start.length < name.length ? `"${start}…"` : `"${name}"`
}

function fault(message: string): DecodedBody {
  return { kind: 'fault', message }
}
