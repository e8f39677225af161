import { Html } from '../../lib/html.ts'
import { sha256 } from '../../lib/sha256.ts'

/** What the page that frames the form is told, and by which name it knows it. */
export const HEIGHT_MESSAGE = 'leadwright-form-height'

const SCRIPT = `
new ResizeObserver(() => {
  const { height } = document.documentElement.getBoundingClientRect()
  parent.postMessage({ type: '${HEIGHT_MESSAGE}', height: Math.ceil(height) }, '*')
}).observe(document.documentElement)
`

/** Tells whoever frames the page how high it is, and nothing else. Without it the frame has the height that it began with. */
export const FRAME_SCRIPT = new Html(`<script>${SCRIPT}</script>`)
/** Lets this one script run, by what it says, and no other. */
export const FRAME_SCRIPT_SOURCE = `'sha256-${sha256(SCRIPT).toString('base64')}'`
