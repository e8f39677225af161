export interface Message {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** The way out for messages to people; what carries them is handed in by the composition root. */
export interface Mail {
  /** False where no mail server is set: links are then passed on by hand. */
  readonly isOn: boolean
  /**
   * Composes and sends a message later, beside the request, so that the time of an answer tells nothing of what is
   * sent; null sends nothing. Never throws: a message that cannot be sent is logged.
   */
  post(compose: () => Promise<Message | null>): void
}

export const NO_MAIL: Mail = { isOn: false, post: () => undefined }
