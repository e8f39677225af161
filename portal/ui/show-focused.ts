import type { FocusEvent } from 'react'

/** For a row that is pushed along: of what shows a sliver already, the browser shows no more when the keyboard comes. */
export function showFocused({ target }: FocusEvent<HTMLElement>): void {
  if (target.matches(':focus-visible')) target.scrollIntoView({ block: 'nearest', inline: 'center' })
}
