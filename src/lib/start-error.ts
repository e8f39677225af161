/**
 * The server or a command cannot start, and the operator can do something about it.
 * `message` is one clear sentence: what is wrong and what to do. It is printed alone, without a stack.
 */
export class StartError extends Error {
  override name = 'StartError'
}
