/*
 * Imported before anything that makes style elements at run time: they carry the nonce of this page, because the
 * policy allows no others. The library behind dialogs reads it from this global name.
 */
export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  return meta?.nonce ?? ''
}

Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
