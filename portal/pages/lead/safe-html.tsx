import { useMemo } from 'react'
import { cleanHtml } from './clean-html.ts'
import classes from './lead.module.css'

/** HTML from outside, made harmless. */
export function SafeHtml({ text }: { text: string }) {
  const html = useMemo(() => cleanHtml(text), [text])
  const show = (element: HTMLDivElement | null) => {
    if (element !== null) element.innerHTML = html
  }
  return <div ref={show} className={`${classes.html} ${classes.spaced}`} />
}
