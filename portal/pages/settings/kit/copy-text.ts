/**
 * Puts a text on the clipboard; false when the browser does not let us. The modern way exists only on https and on
 * localhost, so a page on a plain office network falls back to the old one.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Refused, for instance inside a frame: the old way may still do.
    }
  }
  return copyBySelection(text)
}

/** Inside whatever dialog is open, which would take the focus away from a field outside. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const parent = focused?.closest('[role="dialog"]') ?? document.body
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.position = 'fixed'
  field.style.opacity = '0'
  parent.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
