import type { Html } from '../../lib/html.ts'

export interface Message {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same for those who read HTML. */
  readonly html?: Html
  /** Names the message for ever, so that a mail store can tell that one came twice. */
  readonly id?: string
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
  /** Resolves once the mail server has taken the message, after one try; rejects with a MailError when it has not. */
  send(message: Message): Promise<void>
}

/** A message was not taken. */
export class MailError extends Error {
  override readonly name = 'MailError'
  /** The mail server said no for good: another try would hear the same. */
  readonly isFinal: boolean

  constructor(cause: unknown, isFinal: boolean) {
    super(`The message was not taken: ${String(cause)}`, { cause })
    this.isFinal = isFinal
  }
}

export const NO_MAIL: Mail = {
  isOn: false,
  post: () => undefined,
  send: () => Promise.reject(new MailError('there is no mail server', false)),
}
