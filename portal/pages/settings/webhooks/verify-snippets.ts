/** What a receiver needs to check a message, in full, and with nothing to install. */
export const NODE_SNIPPET = `import { createHmac, timingSafeEqual } from 'node:crypto'

// body: the bytes as they came, before anything parses them.
export function isFromLeadwright(secret, headers, body) {
  const id = headers['webhook-id'] ?? ''
  const time = headers['webhook-timestamp'] ?? ''
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const good = createHmac('sha256', key).update(\`\${id}.\${time}.\`).update(body).digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((part) => {
    const [version, text = ''] = part.split(',')
    const given = Buffer.from(text, 'base64')
    return version === 'v1' && given.length === good.length && timingSafeEqual(given, good)
  })
}
`

export const PYTHON_SNIPPET = `import base64, hashlib, hmac, time

# body: the bytes as they came, before anything parses them.
def is_from_leadwright(secret, headers, body):
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    good = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one.encode(), good.encode()) for one in given)
`
