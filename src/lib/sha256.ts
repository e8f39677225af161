import { hash } from 'node:crypto'

/** SHA-256 of the UTF-8 bytes of a text. */
export function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
