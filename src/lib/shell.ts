/** A curl command for any POSIX shell, one line an option. */
export function curlCommand(options: readonly (readonly string[])[]): string {
  return `curl ${options.map((words) => words.map(shellWord).join(' ')).join(' \\\n  ')}`
}

/** The text as one word of a shell: plain words stay bare, everything else goes into single quotes. */
export function shellWord(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
