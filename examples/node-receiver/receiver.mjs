// Receives Leadwright's webhooks, and takes only what is signed with one of its secrets. Node 18 or later, no packages.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const TOLERANCE_SECONDS = 300
const BODY_BYTES_MAX = 5_000_000
const IDS_KEPT = 10_000

/** Several secrets stand side by side, parted by blanks, while a new one takes the place of an old one. */
const secrets = (process.env.WEBHOOK_SECRETS ?? '').split(/\s+/).filter((text) => text !== '')
if (secrets.length === 0) {
  console.error('Set WEBHOOK_SECRETS to the secret of your endpoint: it begins with whsec_.')
  process.exit(1)
}
const keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))

/**
 * True when the headers carry a signature of these very bytes by one of the keys, made within the last minutes.
 * `nowSeconds` is the clock's, so that a message kept by somebody else cannot be played back later.
 */
function isGenuine(headers, body, nowSeconds = Date.now() / 1000) {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (id === undefined || signatures === undefined || !/^\d{1,12}$/.test(timestamp ?? '')) return false
  if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const expected = keys.map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest())
  return signatures.split(' ').some((part) => {
    const [version, text = ''] = part.split(',')
    const given = Buffer.from(text, 'base64')
    // Compared in a time that says nothing of how much of it is right.
    return version === 'v1' && expected.some((good) => good.length === given.length && timingSafeEqual(good, given))
  })
}

/** A message may come twice, with the same id. A real receiver keeps the ids where its data is, in one transaction. */
const seen = new Set()

function isNew(id) {
  if (seen.has(id)) return false
  seen.add(id)
  if (seen.size > IDS_KEPT) seen.delete(seen.values().next().value)
  return true
}

/** What your program does with a message. Keep it short, or put it into a queue: the answer is waited for 15 seconds. */
function handle(message) {
  const { type, data } = message
  const changes = (data.changes ?? []).map(({ field, old, new: now }) => `${field}: ${show(old)} → ${show(now)}`)
  console.log(JSON.stringify({ type, lead: data.id, revision: data.revision, name: data.name, changes }))
}

function show(value) {
  return value === null ? '–' : JSON.stringify(value)
}

async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function answer(request) {
  if (request.method !== 'POST') return 405
  const body = await readBody(request)
  if (body === null) return 413
  if (!isGenuine(request.headers, body)) return 401
  if (isNew(request.headers['webhook-id'])) handle(JSON.parse(body.toString('utf8')))
  return 204
}

const server = createServer((request, response) => {
  answer(request).then(
    (status) => response.writeHead(status).end(),
    (error) => {
      // Whatever is not answered with 2xx is sent again.
      console.error(error)
      response.writeHead(500).end()
    },
  )
})
server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`Listening on port ${server.address().port}`)
})
