import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs'

const ROTATE_BYTES = 10 * 1024 * 1024
const TAIL_BYTES = 64 * 1024
const LINE_CHARACTERS = 300

/**
 * Opens PostgreSQL's log for appending and moves a large one aside first (one old file, `.1`, is kept).
 * PostgreSQL gets the descriptor itself: with a pipe, a server that outlives us would die of SIGPIPE.
 */
export function openServerLog(path: string): { fd: number; offset: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > ROTATE_BYTES) renameSync(path, `${path}.1`)
  return { fd: openSync(path, 'a', 0o600), offset: size > ROTATE_BYTES ? 0 : size }
}

/** What was written to the log since `offset`, at most the last 64 KB. */
export function readServerLog(path: string, offset: number): string {
  const fd = openSync(path, 'r')
  try {
    const size = statSync(path).size
    const from = Math.max(offset, size - TAIL_BYTES)
    const buffer = Buffer.alloc(Math.max(0, size - from))
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, from)).toString('utf8')
  } finally {
    closeSync(fd)
  }
}

/** The line of a program's output that says why it ended, without time stamp; undefined when there is none. */
export function decisiveLine(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    // What an early client was told, our own polling included; it is FATAL only to that client.
    .filter((line) => !line.includes('FATAL:  the database system is '))
  const line =
    lines.findLast((text) => text.includes('No space left on device')) ??
    lines.findLast((text) => /\b(FATAL|PANIC):/.test(text)) ??
    lines.findLast((text) => /\berror\b/i.test(text)) ??
    lines.findLast((text) => text !== '')
  return line
    ?.replace(/^\d{4}-\d\d-\d\d \S+ UTC \[\d+\] /, '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LINE_CHARACTERS)
}
