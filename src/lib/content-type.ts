import { fileTypeFromBuffer } from 'file-type'

/** Enough of a file to tell every common type, ZIP-based office documents included. */
export const HEAD_BYTES = 262_144

/** A file's content as far as its type depends on it. */
export interface Content {
  /** The first bytes, at most HEAD_BYTES of them. */
  readonly head: Uint8Array
  /** True when the whole content is UTF-8 without NUL characters. */
  readonly isText: boolean
}

/** Types that can be written as plain text and that no browser runs. */
const TEXT_TYPES = new Set(['application/pdf', 'application/rtf', 'text/calendar', 'text/vcard', 'text/vtt'])

const EXECUTABLE_TYPES = new Set([
  'application/java-archive',
  'application/java-vm',
  'application/vnd.android.package-archive',
  'application/wasm',
  'application/x-apple-diskimage',
  'application/x-deb',
  'application/x-elf',
  'application/x-google-chrome-extension',
  'application/x-mach-binary',
  'application/x-ms-regedit',
  'application/x-msdownload',
  'application/x-nintendo-nes-rom',
  'application/x-rpm',
  'application/x-shockwave-flash',
  'application/x-xpinstall',
  'application/x.apple.alias',
  'application/x.ms.shortcut',
])

/** Mach-O in both byte orders and widths, and the universal form that shares its mark with Java classes. */
const MACH_O_MARKS = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe])
const TYPE = /^[a-z]+\/[\w.+-]+$/i

/**
 * The type that content is stored and served under, or null for a program, which is refused. What the client says and
 * what the name ends in play no part. HTML, SVG and XML come out as text/plain, or application/octet-stream when they
 * are not UTF-8: nothing that a browser would run keeps a type of its own.
 */
export async function contentTypeOf({ head, isText }: Content): Promise<string | null> {
  if (isProgram(head, isText)) return null
  const found = (await fileTypeFromBuffer(head))?.mime.split(';', 1)[0]
  if (isText) return found !== undefined && TEXT_TYPES.has(found) ? found : 'text/plain'
  if (found === undefined || !TYPE.test(found) || found === 'application/xml') return 'application/octet-stream'
  return EXECUTABLE_TYPES.has(found) ? null : found
}

function isProgram(head: Uint8Array, isText: boolean): boolean {
  if (startsWith(head, [0x23, 0x21])) return true
  if (isText || head.length < 4) return false
  const mark = new DataView(head.buffer, head.byteOffset).getUint32(0)
  return startsWith(head, [0x4d, 0x5a]) || startsWith(head, [0x7f, 0x45, 0x4c, 0x46]) || MACH_O_MARKS.has(mark)
}

function startsWith(head: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => head[at] === byte)
}

/** Watches bytes go by and gathers what the type depends on, in constant memory. */
export class ContentProbe {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #head: Uint8Array[] = []
  #headBytes = 0
  #isText = true

  see(chunk: Uint8Array): void {
    const room = HEAD_BYTES - this.#headBytes
    if (room > 0) {
      const part = chunk.slice(0, room)
      this.#head.push(part)
      this.#headBytes += part.length
    }
    if (this.#isText) this.#isText = !chunk.includes(0) && this.#decodes(chunk)
  }

  /** To be asked once, after the last byte. */
  content(): Content {
    const isText = this.#isText && this.#decodes()
    return { head: Buffer.concat(this.#head), isText }
  }

  #decodes(chunk?: Uint8Array): boolean {
    try {
      this.#decoder.decode(chunk, { stream: chunk !== undefined })
      return true
    } catch {
      return false
    }
  }
}
