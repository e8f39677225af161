import type { Db, Tx } from './database.ts'

/** Bytes of a file in one row; a download holds one such row in memory. */
export const CHUNK_BYTES = 262_144

export interface NewAttachment {
  readonly filename: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: Buffer
}

/** Puts a file's head row down, not yet shown by its lead. */
export async function insertStagedAttachment(
  tx: Tx,
  { companyId, leadId }: { companyId: number; leadId: number },
  { filename, contentType, sizeBytes, sha256 }: NewAttachment,
): Promise<{ id: number; createdAt: string }> {
  const rows = await tx.query<{ id: number; createdAt: string }>({
    name: 'insert-staged-attachment',
    text: `INSERT INTO attachment (company_id, lead_id, filename, content_type, size_bytes, sha256)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, created_at AS "createdAt"`,
    values: [companyId, leadId, filename, contentType, sizeBytes, sha256],
  })
  const [row] = rows
  if (row === undefined) throw new Error('The attachment was not stored.')
  return row
}

export async function insertAttachmentChunk(
  tx: Tx,
  { companyId, attachmentId, n }: { companyId: number; attachmentId: number; n: number },
  bytes: Buffer,
): Promise<void> {
  await tx.query({
    name: 'insert-attachment-chunk',
    text: 'INSERT INTO attachment_chunk (company_id, attachment_id, n, bytes) VALUES ($1, $2, $3, $4)',
    values: [companyId, attachmentId, n, bytes],
  })
}

/** Removes staged files that did not come to be attached; published ones stay whatever is asked. */
export async function deleteStagedAttachments(db: Db, companyId: number, ids: readonly number[]): Promise<void> {
  await db.query({
    name: 'delete-staged-attachments',
    text: 'DELETE FROM attachment WHERE company_id = $1 AND id = ANY ($2::bigint[]) AND NOT published',
    values: [companyId, ids],
  })
}

/** Removes what uploads left behind that broke off between staging and publishing; a few at a time. */
export async function deleteStaleAttachments(tx: Tx): Promise<void> {
  await tx.query({
    name: 'delete-stale-attachments',
    text: `DELETE FROM attachment WHERE (company_id, id) IN (
        SELECT company_id, id FROM attachment
        WHERE NOT published AND created_at < now() - interval '1 hour'
        ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED
      )`,
  })
}

export interface AttachmentRow extends NewAttachment {
  readonly companyId: number
  readonly id: number
}

/** A published file of a lead that is there, or null. */
export async function findAttachment(
  db: Db,
  { companyId, leadId, attachmentId }: { companyId: number; leadId: number; attachmentId: number },
): Promise<AttachmentRow | null> {
  const rows = await db.query<AttachmentRow>({
    name: 'find-attachment',
    text: `SELECT attachment.company_id AS "companyId", attachment.id, filename, content_type AS "contentType",
        size_bytes AS "sizeBytes", sha256
      FROM attachment JOIN lead ON lead.company_id = attachment.company_id AND lead.id = attachment.lead_id
      WHERE attachment.company_id = $1 AND attachment.id = $2 AND attachment.lead_id = $3
        AND published AND lead.deleted_at IS NULL`,
    values: [companyId, attachmentId, leadId],
  })
  return rows[0] ?? null
}

/** One chunk of a file, counted from 0, or null when there is none (any more). */
export async function findAttachmentChunk(
  db: Db,
  { companyId, id }: Pick<AttachmentRow, 'companyId' | 'id'>,
  n: number,
): Promise<Buffer | null> {
  const rows = await db.query<{ bytes: Buffer }>({
    name: 'find-attachment-chunk',
    text: 'SELECT bytes FROM attachment_chunk WHERE company_id = $1 AND attachment_id = $2 AND n = $3',
    values: [companyId, id, n],
  })
  return rows[0]?.bytes ?? null
}
