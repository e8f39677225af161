import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { attachFiles, checkTakesFiles, type ReceivedFile } from '../../app/attachments/attach-files.ts'
import { detachFile } from '../../app/attachments/detach-file.ts'
import { type OpenAttachment, openAttachment } from '../../app/attachments/open-attachment.ts'
import { getAnyLead } from '../../app/leads/get-lead.ts'
import { attachmentDisposition, inlineDisposition } from '../../lib/content-disposition.ts'
import { leadTag, matchesTag } from '../kit/etag.ts'
import { chargeNow, readCounted } from '../kit/face.ts'
import { keyOf } from '../kit/idempotency.ts'
import { readId } from '../kit/parameters.ts'
import { readQuery, refuseParameter } from '../kit/query.ts'
import { takeUploads } from '../kit/uploads.ts'
import { answerWrite } from './answer-lead.ts'
import { deleteSchema, downloadSchema, listSchema, uploadSchema } from './attachment-schemas.ts'
import { leadIdOf } from './lead-routes.ts'

/** How many files one request may carry. */
const FILES_PER_REQUEST_MAX = 10

function idsOf(request: FastifyRequest): { leadId: number; attachmentId: number } {
  const { attachmentId } = request.params as { attachmentId: string }
  return { leadId: leadIdOf(request), attachmentId: readId(attachmentId, 'attachmentId') }
}

/** List, download and delete. */
export function addAttachmentRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/leads/:id/attachments', { schema: listSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const lead = await readCounted(app, request, (caller) => getAnyLead(app, caller, leadId))
    const body = JSON.stringify({ attachments: lead.attachments })
    return reply.header('etag', leadTag(lead)).type('application/json; charset=utf-8').send(body)
  })

  // Compressed, the answer would not have its length.
  const download = { schema: downloadSchema, compress: false } as const
  instance.get('/leads/:id/attachments/:attachmentId', download, async (request, reply) => {
    const ids = idsOf(request)
    const { inline = '0' } = readQuery(request, ['inline'])
    if (inline !== '0' && inline !== '1') refuseParameter('inline must be 0 or 1.')
    const caller = await chargeNow(app, request)
    return sendFile(request, reply, await openAttachment(app, caller, ids), inline === '1')
  })

  instance.delete('/leads/:id/attachments/:attachmentId', { schema: deleteSchema }, async (request, reply) => {
    const ids = idsOf(request)
    const write = { app, request, reply, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => detachFile(app, caller, ids, options) })
  })
}

const CLOSED = "default-src 'none'; frame-ancestors 'self'"
/**
 * What a browser may show in place, and under which policy. The types were found in the content, and nosniff holds a
 * browser to them. Chrome opens no PDF in a sandbox, and its viewer needs a style of its own; a PDF runs in that viewer
 * and not in our origin.
 */
const SHOWN_IN_PLACE: ReadonlyMap<string, string> = new Map([
  ['image/png', `${CLOSED}; sandbox`],
  ['image/jpeg', `${CLOSED}; sandbox`],
  ['image/gif', `${CLOSED}; sandbox`],
  ['image/webp', `${CLOSED}; sandbox`],
  ['image/avif', `${CLOSED}; sandbox`],
  ['application/pdf', `${CLOSED}; object-src 'self'; style-src 'unsafe-inline'`],
])

/** A download, or, where that is asked for and safe, something to be shown in place. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: OpenAttachment, inline: boolean): FastifyReply {
  const etag = `"${file.sha256.toString('hex')}"`
  const policy = inline ? SHOWN_IN_PLACE.get(file.contentType) : undefined
  reply.headers({
    etag,
    // The content of an id never changes, but who may see it does: asked again each time, and then mostly 304.
    'cache-control': 'private, no-cache',
    'content-security-policy': policy ?? `${CLOSED}; sandbox`,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  if (matchesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  const { contentType, filename, sizeBytes } = file
  reply.headers({
    'content-type': contentType.startsWith('text/') ? `${contentType}; charset=utf-8` : contentType,
    'content-disposition': policy === undefined ? attachmentDisposition(filename) : inlineDisposition(filename),
    'content-length': sizeBytes,
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
  instance.post('/leads/:id/attachments', { schema: uploadSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    // Counted before the body is read: a caller over its limit shall not get us to receive files.
    const caller = await chargeNow(app, request)
    // A keyed request may be a repetition of one that succeeded, which the lead of today says nothing about.
    if (keyOf(request, []) === undefined) await checkTakesFiles(app, caller, leadId)
    return withUpload(request, (files) =>
      answerWrite({
        app,
        request,
        reply,
        status: 201,
        parts: fingerprints(files),
        write: (_, options) => attachFiles(app, caller, { leadId, files }, options),
      }),
    )
  })
}

/** What makes two uploads the same: names and contents, not the bytes between them, which differ at each attempt. */
function fingerprints(files: readonly ReceivedFile[]): string[] {
  return files.map(({ filename, sha256 }) => `${JSON.stringify(filename)} ${sha256.toString('hex')}\n`)
}
