import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a stamp is for: one of another purpose or subject does not count. */
export interface StampSubject {
  readonly secret: Uint8Array
  readonly purpose: string
  readonly subject: string
}

const STAMP = /^(\d{13})\.([\w-]{16})\.([\w-]{43})$/

/** A text that proves when it was made; no two are the same. */
export function makeStamp(about: StampSubject, nowMs: number): string {
  const head = `${String(nowMs).padStart(13, '0')}.${randomBytes(12).toString('base64url')}`
  return `${head}.${sign(about, head).toString('base64url')}`
}

/** When a stamp was made, in ms since the epoch; null for a text that is none of this subject. */
export function readStamp(about: StampSubject, text: string): number | null {
  const [, ms = '', nonce = '', signature = ''] = STAMP.exec(text) ?? []
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(about, `${ms}.${nonce}`)
  return given.length === expected.length && timingSafeEqual(given, expected) ? Number(ms) : null
}

function sign({ secret, purpose, subject }: StampSubject, head: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([purpose, subject, head]))
    .digest()
}
