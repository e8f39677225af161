/** Most words that the server keeps in one of the company's lists, and characters in a word. */
export const WORDS_MAX = 200
export const WORD_LENGTH_MAX = 100

/** Words that were typed or pasted, one a line or split by commas or semicolons, trimmed. */
export function splitWords(text: string): readonly string[] {
  return text
    .split(/[\n,;]/)
    .map((word) => word.trim().replaceAll(/\s+/g, ' '))
    .filter((word) => word !== '')
}

export type Added =
  | { readonly words: readonly string[]; readonly fault: null }
  | { readonly words: null; readonly fault: string }

/** Puts new words behind the list, or says why not. Upper and lower case make no second word. */
export function addWords(words: readonly string[], text: string): Added {
  const result = [...words]
  for (const word of splitWords(text)) {
    if (word.length > WORD_LENGTH_MAX) {
      return { words: null, fault: `A word has at most ${WORD_LENGTH_MAX} characters.` }
    }
    if (result.some((other) => sameWord(other, word)))
      return { words: null, fault: `“${word}” is in the list already.` }
    result.push(word)
  }
  if (result.length > WORDS_MAX) return { words: null, fault: `A list has at most ${WORDS_MAX} words.` }
  return { words: result, fault: null }
}

/** The word at `from` goes to place `to`; places outside the list change nothing. */
export function moveWord(words: readonly string[], from: number, to: number): readonly string[] {
  const word = words[from]
  if (word === undefined || to < 0 || to >= words.length) return words
  const rest = words.filter((_, index) => index !== from)
  return [...rest.slice(0, to), word, ...rest.slice(to)]
}

function sameWord(a: string, b: string): boolean {
  return a.toLocaleLowerCase() === b.toLocaleLowerCase()
}
