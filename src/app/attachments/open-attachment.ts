import { refuse } from '../../core/errors.ts'
import { type AttachmentRow, findAttachment, findAttachmentChunk } from '../../store/attachments.ts'
import type { App, Principal } from '../app.ts'

export interface OpenAttachment {
  readonly filename: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: Buffer
  /** The content in chunks, each fetched when it is asked for. Throws when the file is deleted meanwhile. */
  readonly read: () => AsyncIterable<Buffer>
}

/** A file of a lead of the caller's company; unknown and another company's are the same: not found. */
export async function openAttachment(
  app: App,
  caller: Principal,
  { leadId, attachmentId }: { leadId: number; attachmentId: number },
): Promise<OpenAttachment> {
  const row = await findAttachment(app.db, { companyId: caller.companyId, leadId, attachmentId })
  if (row === null) refuse('attachment.not-found', 'The lead has no such attachment.')
  const { filename, contentType, sizeBytes, sha256 } = row
  return { filename, contentType, sizeBytes, sha256, read: () => readChunks(app, row) }
}

async function* readChunks(app: App, row: AttachmentRow): AsyncGenerator<Buffer> {
  let sent = 0
  for (let n = 0; sent < row.sizeBytes; n += 1) {
    const chunk = await findAttachmentChunk(app.db, row, n)
    // The head of the answer promised the whole length: ending early must look like a fault, not like the end.
    if (chunk === null) throw new Error(`Attachment ${row.id} was deleted while it was read.`)
    sent += chunk.length
    yield chunk
  }
}
