import { afterAll, beforeEach } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Answer, type Client, clientOf } from './client.ts'

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
export const MB = 1_000_000
export const NOTHING = { published: 0, staged: 0, chunks: 0 }

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
  leadId = 0

  constructor(server: TestServer, company: TestCompany) {
    this.server = server
    this.company = company
    this.call = clientOf(server, company)
  }

  /** Path of the lead's attachments. */
  get attachments(): string {
    return `/general-leads/${this.leadId}/attachments`
  }

  upload(...files: readonly File[]): Promise<Answer> {
    return this.call('POST', this.attachments, { body: formOf(...files) })
  }

  download(id: unknown, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    return fetch(`${this.server.baseUrl}/rest-api-v1${this.attachments}/${id}`, {
      method,
      headers: { authorization: `Bearer ${this.company.token}`, ...headers },
    })
  }

  /** Rows of the lead's files: shown, staged, and their chunks. */
  async rows(): Promise<{ published: number; staged: number; chunks: number }> {
    const [row] = await this.server.db.query<{ published: number; staged: number; chunks: number }>({
      text: `SELECT count(*) FILTER (WHERE published) AS published, count(*) FILTER (WHERE NOT published) AS staged,
        (SELECT count(*) FROM attachment_chunk JOIN attachment a ON a.id = attachment_id WHERE a.lead_id = $1) AS chunks
        FROM attachment WHERE lead_id = $1`,
      values: [this.leadId],
    })
    return row ?? { published: -1, staged: -1, chunks: -1 }
  }

  /** Puts a head row down as an upload does that never came to its end. */
  async stage(age = '0 minutes'): Promise<number> {
    const [row] = await this.server.db.query<{ id: number }>({
      text: `INSERT INTO attachment (company_id, lead_id, filename, content_type, size_bytes, sha256, created_at)
        VALUES ($1, $2, 'x', 'text/plain', 1, '', now() - $3::interval) RETURNING id`,
      values: [this.company.companyId, this.leadId, age],
    })
    return row?.id ?? -1
  }
}

/** The stage of a test file; its server starts while the file is loaded and stops after its last test. */
export async function makeAttachmentStage(): Promise<AttachmentStage> {
  const server = await startServer({ ATTACHMENT_MB_MAX: '1' })
  afterAll(() => server.close())
  const stage = new AttachmentStage(server, await server.company())
  beforeEach(async () => {
    stage.leadId = await server.offer(stage.company.companyId)
    await stage.call('POST', `/general-leads/${stage.leadId}/accept`)
  })
  return stage
}
