/** When the page was last loaded anew by itself; kept so that a broken installation does not reload for ever. */
const RELOADED = 'leadwright-reloaded-at'
const RELOAD_PAUSE_MS = 60_000

const PAUSES_MS = [500, 1500, 4000, 8000, 16_000]

/** A file of the portal that did not come, however often it was asked for. */
export class CodeMissing extends Error {
  override readonly name = 'CodeMissing'
  constructor() {
    super('A part of the portal could not be fetched. Check the connection, then try again.')
  }
}

/**
 * Fetches code that the page did not begin with. While the line is down it asks again, so that nothing on the page is
 * lost; after an update of the server, whose new files have other names, it loads the page anew.
 */
export async function fetchCode<T>(load: () => Promise<T>): Promise<T> {
  let attempt = load
  for (const pause of PAUSES_MS) {
    if (!(await isReachable())) {
      await untilOnline(pause)
      continue
    }
    try {
      return await attempt()
    } catch (error) {
      if (mayReload() && (await isReplaced())) return reload()
      await untilOnline(pause)
      attempt = nextAttempt(error, load)
    }
  }
  throw new CodeMissing()
}

/**
 * Whether asking makes sense where the browser believes that the line is down, which it says without reason of a machine
 * with no other line than to itself. Code that is asked for in vain may not be had again in the life of a page.
 */
async function isReachable(): Promise<boolean> {
  if (navigator.onLine) return true
  return fetch('/healthz', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  )
}

/**
 * Some browsers (Chromium 147) keep for a page's life that a file of code did not come, and ask for it no more; under
 * another address they do. The address is the one that their error names.
 */
function nextAttempt<T>(error: unknown, load: () => Promise<T>): () => Promise<T> {
  const named = /https?:\/\/[^\s?]+\.js/.exec(error instanceof Error ? error.message : '')?.[0]
  if (named === undefined || new URL(named).origin !== window.location.origin) return load
  return () => import(/* @vite-ignore */ `${named}?again=${Date.now()}`) as Promise<T>
}

function mayReload(): boolean {
  return Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) >= RELOAD_PAUSE_MS
}

function reload(): Promise<never> {
  sessionStorage.setItem(RELOADED, String(Date.now()))
  window.location.reload()
  return new Promise(() => undefined)
}

/** Whether the server's pages begin with another file than this one did. */
async function isReplaced(): Promise<boolean> {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src')
  if (entry === null || entry === undefined) return false
  const page = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } }).catch(() => null)
  if (page === null || !page.ok) return false
  const text = await page.text().catch(() => entry)
  return !text.includes(entry)
}

/** Waits for some milliseconds, less when the line comes back before. */
function untilOnline(pause: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, pause)
    window.addEventListener('online', done)
  })
}
