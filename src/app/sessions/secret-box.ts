/** Encrypts what must be read again, with a key that is not in the store. */
export interface SecretBox {
  /** `purpose` binds the text to its place: it opens nowhere else. */
  seal(text: string, purpose: string): Promise<Buffer>
  /** Throws when the bytes were sealed with another key or for another purpose. */
  open(sealed: Buffer, purpose: string): Promise<string>
}

/** For commands that need no secrets. */
export const NO_SECRETS: SecretBox = {
  seal: () => Promise.reject(new Error('This process has no key for secrets.')),
  open: () => Promise.reject(new Error('This process has no key for secrets.')),
}
