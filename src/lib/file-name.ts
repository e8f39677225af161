const CHARACTERS_MAX = 200
const EXTENSION_CHARACTERS_MAX = 20
/** Control characters, and the marks that make a name read in another order than it is written. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

/**
 * A file name of a client made safe to store, show and offer for download: the base name only, without path
 * separators, control characters and direction marks, NFC, at most 200 characters with the extension kept.
 * "attachment" when nothing is left of it.
 */
export function safeFileName(name: string | undefined): string {
  const base = (name ?? '').toWellFormed().replace(UNSEEN, '').split(/[\\/]/).at(-1) ?? ''
  const clean = shorten(base.normalize('NFC').trim()).trim()
  return clean === '' || /^\.+$/.test(clean) ? 'attachment' : clean
}

function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= CHARACTERS_MAX) return name
  const dot = characters.lastIndexOf('.')
  const extension = characters.slice(dot)
  if (dot <= 0 || extension.length > EXTENSION_CHARACTERS_MAX) return characters.slice(0, CHARACTERS_MAX).join('')
  return [...characters.slice(0, CHARACTERS_MAX - extension.length), ...extension].join('')
}
