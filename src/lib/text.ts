/** Number of Unicode characters (code points), which is what JSON Schema's maxLength counts. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** The text without line breaks and invisible characters, so that it stays in the line that it is put into. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim()
}

/** True when the text can be stored and given back unchanged: no NUL character, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}
