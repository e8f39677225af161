/** The text that a signature is made of, by the Standard Webhooks convention. */
export function signedText(messageId: string, timestampSeconds: number, body: string): string {
  return `${messageId}.${timestampSeconds}.${body}`
}

/** The value of the header: one signature a secret, so that a receiver with any of them can check. */
export function signatureHeader(base64Macs: readonly string[]): string {
  return base64Macs.map((mac) => `v1,${mac}`).join(' ')
}
