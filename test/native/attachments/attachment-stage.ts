import { afterAll, beforeEach } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Answer, type Client, clientOf } from '../client.ts'

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type File = readonly [name: string, content: Uint8Array | string, field?: string]

export function formOf(...files: readonly File[]): FormData {
  const form = new FormData()
  for (const [name, content, field = 'file'] of files) {
    form.append(field, new Blob([new Uint8Array(Buffer.from(content))]), name)
  }
  return form
}

/** A company with a freshly accepted lead for each test, on a server that takes files of one megabyte. */
export class AttachmentStage {
  readonly server: TestServer
  readonly company: TestCompany
  readonly call: Client
  readonly asOther: Client
  readonly asNobody: Client
  leadId = 0

  constructor(server: TestServer, company: TestCompany, other: TestCompany) {
    this.server = server
    this.company = company
    this.call = clientOf(server, company)
    this.asOther = clientOf(server, other)
    this.asNobody = clientOf(server, null)
  }

  /** Path of the lead's attachments. */
  get path(): string {
    return `/leads/${this.leadId}/attachments`
  }

  upload(files: readonly File[], headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', this.path, { body: formOf(...files), headers })
  }

  download(idAndQuery: unknown, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    return fetch(`${this.server.baseUrl}/v1${this.path}/${idAndQuery}`, {
      method,
      headers: { authorization: `Bearer ${this.company.token}`, ...headers },
    })
  }

  /** Rows of the lead's files, shown and staged. */
  async rows(): Promise<{ published: number; staged: number }> {
    const [row] = await this.server.db.query<{ published: number; staged: number }>({
      text: `SELECT count(*) FILTER (WHERE published) AS published, count(*) FILTER (WHERE NOT published) AS staged
        FROM attachment WHERE lead_id = $1`,
      values: [this.leadId],
    })
    return row ?? { published: -1, staged: -1 }
  }
}

/** The attachments of a lead in an answer. */
export function filesOf({ body }: Answer): { id: number; filename: string; contentType: string; sizeBytes: number }[] {
  return body['attachments'] as { id: number; filename: string; contentType: string; sizeBytes: number }[]
}

/** The stage of a test file; its server starts while the file is loaded and stops after its last test. */
export async function makeAttachmentStage(): Promise<AttachmentStage> {
  const server = await startServer({ ATTACHMENT_MB_MAX: '1' })
  afterAll(() => server.close())
  const stage = new AttachmentStage(server, await server.company(), await server.company())
  beforeEach(async () => {
    stage.leadId = await server.offer(stage.company.companyId)
    await stage.call('POST', `/leads/${stage.leadId}/accept`)
  })
  return stage
}
