const RELEASE_MS = 10_000

/** Hands a text to the browser as a file to save. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers begin to read after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(url), RELEASE_MS)
}
