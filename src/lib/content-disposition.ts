/**
 * The value of a Content-Disposition header that has the browser save and never show, with the name in both forms of
 * RFC 6266: plain ASCII for old clients, and `filename*` (RFC 8187) when that cannot say it.
 */
export function attachmentDisposition(filename: string): string {
  return disposition('attachment', filename)
}

/** As `attachmentDisposition`, but to be shown in place; the name is for who saves it from there. */
export function inlineDisposition(filename: string): string {
  return disposition('inline', filename)
}

function disposition(type: 'attachment' | 'inline', filename: string): string {
  const ascii = filename.replace(/[^\x20-\x7e]/gu, '?').replace(/["\\%]/g, '_')
  if (ascii === filename) return `${type}; filename="${filename}"`
  return `${type}; filename="${ascii}"; filename*=UTF-8''${encodeExtended(filename)}`
}

/** Percent-encodes all but the attr-char of RFC 8187; encodeURIComponent leaves four characters too many. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
