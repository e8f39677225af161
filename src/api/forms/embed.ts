import { HEIGHT_MESSAGE } from './frame-script.ts'
import type { LeadForm } from './pages.ts'

/** Of the frame until the form has told its own, and where it cannot. */
const HEIGHT_AT_FIRST = 980
/** Whatever is told: the form stays in sight, and the page around it stays a page. */
const HEIGHT_MIN = 100
const HEIGHT_MAX = 10_000

/**
 * The script of the snippet: puts the form, in a frame of its own, where the snippet stands. The frame becomes as high as
 * the form says that it is; `data-height` gives it one that stays. After sending, the top of the frame is brought into
 * sight, where the thanks are.
 */
export function embedScript(form: LeadForm): string {
  return `(() => {
  const script = document.currentScript
  if (script === null) return
  const own = Number(script.dataset.height) || 0
  const frame = document.createElement('iframe')
  frame.src = script.src.replace(/\\/embed\\.js.*$/, '')
  frame.title = ${JSON.stringify(form.title)}
  frame.loading = 'lazy'
  frame.style.cssText = 'display:block;width:100%;max-width:44rem;border:0;color-scheme:normal'
  frame.style.height = (own || ${HEIGHT_AT_FIRST}) + 'px'
  const origin = new URL(frame.src).origin
  addEventListener('message', (event) => {
    if (own || event.source !== frame.contentWindow || event.origin !== origin) return
    const { type, height } = event.data ?? {}
    if (type !== '${HEIGHT_MESSAGE}' || !Number.isFinite(height)) return
    frame.style.height = Math.min(Math.max(height, ${HEIGHT_MIN}), ${HEIGHT_MAX}) + 'px'
  })
  let pages = 0
  frame.addEventListener('load', () => {
    pages += 1
    if (pages > 1 && frame.getBoundingClientRect().top < 0) frame.scrollIntoView()
  })
  script.replaceWith(frame)
})()
`
}
