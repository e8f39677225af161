import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { sha256 } from './sha256.ts'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const KEY_ID_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES

/** A key for `seal` from a secret text of at least 32 characters. */
export function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'leadwright secrets', KEY_BYTES))
}

/** Encrypts a text so that it opens with the same key for the same purpose only. */
export function seal(key: Buffer, text: string, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([keyId(key), nonce, cipher.getAuthTag(), body])
}

/** The text behind sealed bytes. Throws when they were sealed with another key, for another purpose, or changed. */
export function unseal(key: Buffer, sealed: Buffer, purpose: string): string {
  if (!sealed.subarray(0, KEY_ID_BYTES).equals(keyId(key))) {
    throw new Error('A secret of the store was encrypted with another key than this server has; see SECRET_KEY.')
  }
  const nonce = sealed.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(HEAD_BYTES - TAG_BYTES, HEAD_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
}

/** Tells a wrong key from damaged bytes; a few bits of a hash give nothing of the key away. */
function keyId(key: Buffer): Buffer {
  return sha256(`leadwright key ${key.toString('base64')}`).subarray(0, KEY_ID_BYTES)
}
