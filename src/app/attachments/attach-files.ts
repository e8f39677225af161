import { RefusalError, refuse } from '../../core/errors.ts'
import { ATTACHMENTS_PER_LEAD_MAX, attachFiles as decideAttach } from '../../core/lead/attach.ts'
import type { AttachmentInfo } from '../../core/lead/lead.ts'
import {
  CHUNK_BYTES,
  deleteStagedAttachments,
  deleteStaleAttachments,
  insertAttachmentChunk,
  insertStagedAttachment,
  type NewAttachment,
} from '../../store/attachments.ts'
import type { Tx } from '../../store/database.ts'
import type { App, Caller, Principal } from '../app.ts'
import { getLead } from '../leads/get-lead.ts'
import { onLead, type WriteOptions, type Written, writeLead } from '../leads/write-lead.ts'

/** A file that was received whole and can be read from its beginning, again if need be. */
export interface ReceivedFile extends NewAttachment {
  readonly read: () => AsyncIterable<Buffer>
}

/**
 * Says no before a large body is read: for a lead that is not there, not accepted, or full. The same is decided again
 * when the files are attached, without a race.
 */
export async function checkTakesFiles(app: App, caller: Principal, leadId: number): Promise<void> {
  const lead = await getLead(app, caller, leadId)
  const decision = decideAttach([])(lead, lead.modifiedAt)
  if (decision.kind === 'refused') throw new RefusalError(decision.refusal)
  if (lead.attachments.length >= ATTACHMENTS_PER_LEAD_MAX) {
    refuse('attachment.too-many', `A lead holds at most ${ATTACHMENTS_PER_LEAD_MAX} attachments.`)
  }
}

/**
 * Attaches files to an accepted lead, all or none, appended in their order. The bytes are stored first, unseen, in a
 * transaction of their own, so that the lead's row is locked only for the moment of the change.
 */
export async function attachFiles(
  app: App,
  caller: Caller,
  { leadId, files }: { leadId: number; files: readonly ReceivedFile[] },
  options: WriteOptions,
): Promise<Written> {
  const staged = await app.db.transaction(async (tx) => {
    await deleteStaleAttachments(tx)
    return stageFiles(tx, { companyId: caller.companyId, leadId }, files)
  })
  const discard = () =>
    deleteStagedAttachments(
      app.db,
      caller.companyId,
      staged.map((file) => file.id),
    )
  try {
    const written = await writeLead(app, caller, onLead(leadId, decideAttach(staged)), options)
    if (written.kind === 'replayed') await discard()
    return written
  } catch (error) {
    if (isCertain(error)) await discard()
    throw error
  }
}

/** A store that went away may have committed all the same: its rows are left to the clean-up of stale ones. */
function isCertain(error: unknown): boolean {
  return error instanceof RefusalError && error.refusal.code !== 'server.unavailable'
}

async function stageFiles(
  tx: Tx,
  owner: { companyId: number; leadId: number },
  files: readonly ReceivedFile[],
): Promise<AttachmentInfo[]> {
  const staged: AttachmentInfo[] = []
  for (const file of files) {
    const { id, createdAt } = await insertStagedAttachment(tx, owner, file)
    await storeChunks(tx, { companyId: owner.companyId, attachmentId: id }, file)
    const { filename, contentType, sizeBytes } = file
    staged.push({ id, filename, contentType, sizeBytes, uploadedAt: createdAt })
  }
  return staged
}

/** Cuts whatever pieces come into chunks of one size, holding no more than one chunk and one piece. */
async function storeChunks(
  tx: Tx,
  { companyId, attachmentId }: { companyId: number; attachmentId: number },
  { read, sizeBytes }: ReceivedFile,
): Promise<void> {
  let n = 0
  let stored = 0
  let rest: Buffer = Buffer.alloc(0)
  const store = async (bytes: Buffer) => {
    await insertAttachmentChunk(tx, { companyId, attachmentId, n }, bytes)
    n += 1
    stored += bytes.length
  }
  for await (const piece of read()) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    while (rest.length >= CHUNK_BYTES) {
      await store(rest.subarray(0, CHUNK_BYTES))
      rest = rest.subarray(CHUNK_BYTES)
    }
  }
  if (rest.length > 0) await store(rest)
  if (stored !== sizeBytes) throw new Error(`A file of ${sizeBytes} bytes was read as ${stored} bytes.`)
}
