import type { Environment } from '../config.ts'

/** What a command touches of the outside, so that tests can run one without a process of its own. */
export interface CliIo {
  readonly env: Environment
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: TextSink
  readonly stderr: TextSink
}

export interface TextSink {
  write(text: string): unknown
}

export async function readAll(stdin: CliIo['stdin']): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
