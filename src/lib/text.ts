/** Number of Unicode characters (code points), which is what JSON Schema's maxLength counts. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** True when the text can be stored and given back unchanged: no NUL character, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}
