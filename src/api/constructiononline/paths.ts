/** Documented paths are written /api/Leads; our choice, after the platform it looks like: letter case is ignored. */
const FACE_PATH = /^\/api(?=\/|$|\?)([^?]*)/i
const LEADS_PATH = /^\/leads\/?$/i

/** The canonical spelling of a request's path for this face; any other URL is passed on as it is. */
export function canonicalPath(url: string): string {
  // Nearly all: to take it apart and put it together again would cost a fiftieth of the request.
  if (url.startsWith('/api/Leads?')) return url
  return url.replace(FACE_PATH, (_whole, rest: string) => `/api${LEADS_PATH.test(rest) ? '/Leads' : rest}`)
}
