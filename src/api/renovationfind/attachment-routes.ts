import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { attachFiles, checkTakesFiles, type ReceivedFile } from '../../app/attachments/attach-files.ts'
import { detachFile } from '../../app/attachments/detach-file.ts'
import { listAttachments } from '../../app/attachments/list-attachments.ts'
import { type OpenAttachment, openAttachment } from '../../app/attachments/open-attachment.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { attachmentDisposition } from '../../lib/content-disposition.ts'
import { matchesTag } from '../kit/etag.ts'
import { chargedCaller, chargeNow } from '../kit/face.ts'
import { idempotencyOf, keyOf, sendWritten } from '../kit/idempotency.ts'
import { readId } from '../kit/parameters.ts'
import { takeUploads } from '../kit/uploads.ts'
import { toAttachment } from './map-out.ts'
import {
  attachmentDeleteSchema,
  attachmentDownloadSchema,
  attachmentsListSchema,
  attachmentsUploadSchema,
} from './schemas.ts'

/** Our choice: how many files one request may carry. */
const FILES_PER_REQUEST_MAX = 10

function idsOf(request: FastifyRequest): { leadId: number; attachmentId: number } {
  const { id, attachmentId } = request.params as { id: string; attachmentId: string }
  return { leadId: readId(id, 'id'), attachmentId: readId(attachmentId, 'attachmentId') }
}

/** List, download and delete. All of them our choice: the pages know the field `attachments` and no operation. */
export function addAttachmentRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/general-leads/:id/attachments', { schema: attachmentsListSchema }, async (request, reply) => {
    const leadId = readId((request.params as { id: string }).id, 'id')
    const caller = await chargeNow(app, request)
    const data = (await listAttachments(app, caller, leadId)).map(toAttachment)
    return reply.type('application/json; charset=utf-8').send(JSON.stringify({ success: true, data }))
  })

  // Compressed, the answer would have neither its length nor its strong ETag.
  const download = { schema: attachmentDownloadSchema, compress: false } as const
  instance.get('/general-leads/:id/attachments/:attachmentId', download, async (request, reply) => {
    const ids = idsOf(request)
    const caller = await chargeNow(app, request)
    return sendFile(request, reply, await openAttachment(app, caller, ids))
  })

  const deletion = { schema: attachmentDeleteSchema }
  instance.delete('/general-leads/:id/attachments/:attachmentId', deletion, async (request, reply) => {
    const ids = idsOf(request)
    const deleted = () => ({ status: 200, body: '{"success":true,"message":"Attachment deleted."}' })
    const idempotency = idempotencyOf(request, [], deleted)
    return sendWritten(reply, await detachFile(app, chargedCaller(request), ids, { idempotency }), deleted)
  })
}

/** Never anything that a browser would show or run in our origin: always a download, whatever the file holds. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: OpenAttachment): FastifyReply {
  const etag = `"${file.sha256.toString('hex')}"`
  reply.headers({
    etag,
    'cache-control': 'private, no-store',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  })
  if (matchesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  reply.headers({
    'content-type': file.contentType.startsWith('text/') ? `${file.contentType}; charset=utf-8` : file.contentType,
    'content-disposition': attachmentDisposition(file.filename),
    'content-length': file.sizeBytes,
  })
  // A HEAD request has the same head, and no reason to read the file.
  return reply.send(Readable.from(request.method === 'HEAD' ? [] : file.read(), { objectMode: false }))
}

export interface UploadRouteOptions {
  readonly app: App
  readonly attachmentBytesMax: number
}

/** The upload, a plugin of its own because it alone takes multipart bodies. */
export async function attachmentUploadRoutes(
  instance: FastifyInstance,
  { app, attachmentBytesMax }: UploadRouteOptions,
): Promise<void> {
  const limits = { fileBytesMax: attachmentBytesMax, filesMax: FILES_PER_REQUEST_MAX }
  const withUpload = await takeUploads(instance, limits)
  const route = { schema: attachmentsUploadSchema }
  instance.post('/general-leads/:id/attachments', route, async (request, reply) => {
    const leadId = readId((request.params as { id: string }).id, 'id')
    // Counted before the body is read: a caller over its limit shall not get us to receive files.
    const caller = await chargeNow(app, request)
    // A keyed request may be a repetition of one that succeeded, which the lead of today says nothing about.
    if (keyOf(request, []) === undefined) await checkTakesFiles(app, caller, leadId)
    const { written, attached } = await withUpload(request, async (files) => {
      const attached = (lead: Lead) => presentNewest(lead, files.length)
      const idempotency = idempotencyOf(request, fingerprints(files), attached)
      return { attached, written: await attachFiles(app, caller, { leadId, files }, { idempotency }) }
    })
    return sendWritten(reply, written, attached)
  })
}

/** The files that a change has just attached are the last of its lead. */
function presentNewest(lead: Lead, count: number): { status: number; body: string } {
  const data = lead.attachments.slice(-count).map(toAttachment)
  return { status: 201, body: JSON.stringify({ success: true, data }) }
}

/** What makes two uploads the same: names and contents, not the bytes between them, which differ at each attempt. */
function fingerprints(files: readonly ReceivedFile[]): string[] {
  return files.map(({ filename, sha256 }) => `${JSON.stringify(filename)} ${sha256.toString('hex')}\n`)
}
