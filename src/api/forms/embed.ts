import type { LeadForm } from './pages.ts'

/** The script of the snippet: puts the form, in a frame of its own, where the snippet stands. */
export function embedScript(form: LeadForm): string {
  return `(() => {
  const script = document.currentScript
  if (script === null) return
  const frame = document.createElement('iframe')
  frame.src = script.src.replace(/\\/embed\\.js.*$/, '')
  frame.title = ${JSON.stringify(form.title)}
  frame.loading = 'lazy'
  frame.style.cssText = 'display:block;width:100%;max-width:44rem;border:0;color-scheme:normal'
  frame.style.height = (Number(script.dataset.height) || 980) + 'px'
  script.replaceWith(frame)
})()
`
}
