import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReceivedFile } from '../../app/attachments/attach-files.ts'
import { withUploadFolder } from '../../app/attachments/upload-folders.ts'
import { type Refusal, RefusalError, refusal, refuse } from '../../core/errors.ts'
import { ContentProbe, contentTypeOf } from '../../lib/content-type.ts'
import { safeFileName } from '../../lib/file-name.ts'
import { GateFullError, makeGate } from '../../lib/gate.ts'
import { cutShort, hasLeft } from './raw-body.ts'

export interface UploadLimits {
  readonly fileBytesMax: number
  readonly filesMax: number
}

const FIELD = 'file'
/** Room for the headers of the parts, on top of the files themselves. */
const ENVELOPE_BYTES = 1_000_000
/** Bounds the temporary disk space: so many uploads are received at once, others wait, more are turned away. */
const GATE = { parallelMax: 8, waitingMax: 64 }

/** Lends received files to work and removes their temporary copies afterwards, however it ends. */
export type WithUpload = <T>(
  request: FastifyRequest,
  work: (files: readonly ReceivedFile[]) => Promise<T>,
) => Promise<T>

/** Teaches a plugin's own routes multipart/form-data; must be a plugin that has no other routes. */
export async function takeUploads(instance: FastifyInstance, limits: UploadLimits): Promise<WithUpload> {
  await instance.register(multipart, {
    // The size is checked here, so that the refusal is ours and the rest of the body is still taken off the line.
    throwFileSizeLimit: false,
    limits: { fileSize: limits.fileBytesMax, fieldSize: 1_000, parts: 100, headerPairs: 100 },
    isPartAFile: (field, type, filename) =>
      field === FIELD || filename !== undefined || type === 'application/octet-stream',
  })
  const gate = makeGate(GATE)
  return async (request, work) => {
    checkEnvelope(request, limits)
    try {
      return await gate(() => withUploadFolder(async (folder) => work(await receiveOrLeave(request, folder, limits))))
    } catch (error) {
      if (!(error instanceof GateFullError)) throw error
      refuse('server.busy', 'Too many uploads are being received; try again shortly.', { retryAfterSeconds: 2 })
    }
  }
}

function checkEnvelope(request: FastifyRequest, { fileBytesMax, filesMax }: UploadLimits): void {
  if (!request.isMultipart()) refuse('body.type-unsupported', 'The Content-Type must be multipart/form-data.')
  const bytesMax = fileBytesMax * filesMax + ENVELOPE_BYTES
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) {
    refuse('body.too-large', `The body must have at most ${bytesMax} bytes.`)
  }
}

/** As `receive`, but ends with the client: the parser would wait for the rest of its body, and keep a place, for ever. */
async function receiveOrLeave(request: FastifyRequest, folder: string, limits: UploadLimits): Promise<ReceivedFile[]> {
  const { raw } = request
  if (hasLeft(raw)) throw cutShort()
  const { promise: left, reject } = Promise.withResolvers<never>()
  const onClose = () => {
    if (!raw.readableEnded) reject(cutShort())
  }
  raw.once('close', onClose)
  const received = receive(request, folder, limits)
  // Whichever loses the race may still fail, and nobody is left to hear it.
  received.catch(() => undefined)
  try {
    return await Promise.race([received, left])
  } finally {
    raw.off('close', onClose)
  }
}

/**
 * Receives the whole body, files into the folder. The first fault is thrown only at the end: a client that is still
 * sending would otherwise see a broken connection instead of the reason.
 */
async function receive(request: FastifyRequest, folder: string, limits: UploadLimits): Promise<ReceivedFile[]> {
  const files: ReceivedFile[] = []
  let fault: Refusal | null = null
  try {
    for await (const part of request.parts()) {
      fault ??= checkPart(part, files.length, limits)
      if (part.type !== 'file') continue
      if (fault !== null) {
        part.file.resume()
        continue
      }
      const file = await spool(part, path.join(folder, String(files.length)), limits)
      if ('code' in file) fault = file
      else files.push(file)
    }
  } catch (error) {
    throw fault === null ? asRefusal(error) : new RefusalError(fault)
  }
  if (fault !== null) throw new RefusalError(fault)
  if (files.length === 0) refuse('attachment.empty', `At least one ${FIELD} is required.`, { field: FIELD })
  return files
}

function checkPart({ fieldname, type }: Multipart, received: number, { filesMax }: UploadLimits): Refusal | null {
  if (fieldname !== FIELD || type !== 'file') {
    const text = `There is no such field; files are sent in the field ${FIELD}.`
    return refusal('field.unknown', text, { field: FIELD })
  }
  if (received < filesMax) return null
  return refusal('field.invalid', `At most ${filesMax} files can be sent at once.`, { field: FIELD })
}

async function spool(
  part: MultipartFile,
  target: string,
  { fileBytesMax }: UploadLimits,
): Promise<ReceivedFile | Refusal> {
  const filename = safeFileName(part.filename)
  const hash = createHash('sha256')
  const probe = new ContentProbe()
  let sizeBytes = 0
  await pipeline(
    part.file,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk)
        probe.see(chunk)
        sizeBytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(target, { mode: 0o600 }),
  )
  if (part.file.truncated) {
    return refusal('attachment.too-large', `A file must have at most ${fileBytesMax} bytes.`, { field: FIELD })
  }
  if (sizeBytes === 0) return refusal('attachment.empty', 'A file must not be empty.', { field: FIELD })
  const contentType = await contentTypeOf(probe.content())
  if (contentType === null) return refusal('attachment.type-refused', 'Programs cannot be attached.', { field: FIELD })
  return { filename, contentType, sizeBytes, sha256: hash.digest(), read: () => createReadStream(target) }
}

/** What the parser says of a broken body is the client's fault; what the disk says is not. */
function asRefusal(error: unknown): unknown {
  if (error instanceof RefusalError || !(error instanceof Error)) return error
  if ('syscall' in error && error.syscall !== 'read') return error
  const code = 'code' in error ? error.code : undefined
  if (code === 'FST_PROTO_VIOLATION') {
    const text = `There is no such field; files are sent in the field ${FIELD}.`
    return new RefusalError(refusal('field.unknown', text, { field: FIELD }), { cause: error })
  }
  if (code === 'FST_PARTS_LIMIT') {
    return new RefusalError(refusal('body.invalid', 'The body has too many parts.'), { cause: error })
  }
  const text = 'The body is not whole multipart/form-data: it is broken or ended too early.'
  return new RefusalError(refusal('body.invalid', text), { cause: error })
}
