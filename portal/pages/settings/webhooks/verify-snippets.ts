/** What a receiver needs to check a message, in full, and with nothing to install. */
export const NODE_SNIPPET = `import { createHmac, timingSafeEqual } from 'node:crypto'

// body: the bytes as they came, before anything parses them.
export function isFromLeadwright(secret, headers, body) {
  const id = headers['webhook-id']
  const time = headers['webhook-timestamp']
  const age = Date.now() / 1000 - Number(time)
  if (!(Math.abs(age) <= 300)) return false
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const mac = createHmac('sha256', key)
  const good = mac.update(\`\${id}.\${time}.\`).update(body).digest()
  const all = headers['webhook-signature'] ?? ''
  return all.split(' ').some((part) => {
    const [version, text = ''] = part.split(',')
    const given = Buffer.from(text, 'base64')
    if (version !== 'v1' || given.length !== good.length) return false
    return timingSafeEqual(given, good)
  })
}
`

export const PYTHON_SNIPPET = `import base64, hashlib, hmac, time

# body: the bytes as they came, before anything parses them.
def is_from_leadwright(secret, headers, body):
    message_id = headers.get("webhook-id", "")
    sent_at = headers.get("webhook-timestamp", "")
    if not sent_at.isdecimal() or abs(time.time() - int(sent_at)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{sent_at}.".encode() + body
    mac = hmac.new(key, signed, hashlib.sha256).digest()
    good = "v1," + base64.b64encode(mac).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one.encode(), good.encode()) for one in given)
`
