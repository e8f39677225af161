import { CUT, endless, HUGE_HEADER, half, json, type Manner, NOT_HTTP, SILENT, text } from './hostile-server.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }

/** Manners of an upstream that is not well, each with the code under which it is shown. */
export const HOSTILE_CASES: readonly (readonly [name: string, manner: Manner, code: string])[] = [
  ['an error', json(500, { error: 'Something went wrong.' }), 'server-error'],
  ['an error page', text(502, '<h1>Bad gateway</h1>', HTML), 'server-error'],
  ['429', json(429, { error: 'Too many.' }), 'limited'],
  ['429 with the wait', json(429, { error: 'Too many.' }, { 'retry-after': '2' }), 'limited'],
  ['credentials refused', json(401, { error: 'Who are you?' }), 'unauthorised'],
  ['half a body', half('[{"success":true,"data":{'), 'cut'],
  ['a page for people', text(200, '<h1>Please sign in</h1>', HTML), 'wrong-type'],
  ['a page for people with 404', text(404, '<h1>Not found</h1>', HTML), 'wrong-type'],
  ['JSON of another kind', json(200, 'fine'), 'not-understood'],
  ['JSON of another service', json(200, { ok: 1 }), 'not-understood'],
  ['no JSON under its type', text(200, '[{"success":', { 'content-type': 'application/json' }), 'not-json'],
  ['JSON under another type', text(200, '[]', { 'content-type': 'text/plain' }), 'wrong-type'],
  ['a redirect', text(302, '', { location: 'https://www.example.com/' }), 'redirect'],
  ['a redirect to a private address', text(307, '', { location: 'http://169.254.169.254/latest' }), 'redirect'],
  ['an endless body', endless('[', ' '), 'too-large'],
  ['a huge header', HUGE_HEADER, 'cut'],
  ['nothing but an end', CUT, 'cut'],
  ['something that is not HTTP', NOT_HTTP, 'cut'],
  ['silence', SILENT, 'timeout'],
]
