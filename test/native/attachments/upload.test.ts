import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../client.ts'
import { filesOf, makeAttachmentStage, PDF } from './attachment-stage.ts'

const stage = await makeAttachmentStage()

describe('POST /v1/leads/{id}/attachments', () => {
  it('attaches files in their order, typed by their content, and answers the lead', async () => {
    const answer = await stage.upload([
      ['plan.pdf', PDF],
      ['../note.html', '<script>alert(1)</script>'],
    ])
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"3"'])
    expect(filesOf(answer)).toEqual([
      {
        id: expect.any(Number),
        filename: 'plan.pdf',
        contentType: 'application/pdf',
        sizeBytes: PDF.length,
        uploadedAt: expect.any(String),
      },
      expect.objectContaining({ filename: 'note.html', contentType: 'text/plain' }),
    ])
    const list = await stage.call('GET', stage.path)
    expect([list.status, list.headers.get('etag'), filesOf(list)]).toEqual([200, '"3"', filesOf(answer)])
  })

  it('is judged by If-Match under the lock, and leaves no bytes behind when it fails', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => stage.upload([[`${n}.pdf`, PDF]], { 'if-match': '"2"' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412])
    const lost = answers.find(({ status }) => status === 412)
    expect(lost?.body['current']).toMatchObject({ revision: 3, attachments: [{ contentType: 'application/pdf' }] })
    expect(await stage.rows()).toEqual({ published: 1, staged: 0 })
  })

  it('attaches once for a repeated key', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const first = await stage.upload([['plan.pdf', PDF]], headers)
    const again = await stage.upload([['plan.pdf', PDF]], headers)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(await stage.rows()).toEqual({ published: 1, staged: 0 })
    const other = await stage.upload([['plan.txt', 'x']], headers)
    expect(problemOf(other)).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
  })

  it('settles what a win without its file still owed', async () => {
    const body = { status: 'LEAD_WON', jobAmount: 5, startDateTbd: true, completionDateTbd: true }
    const won = await stage.call('POST', `/leads/${stage.leadId}/status`, { body })
    expect(won.body['requiresAction']).toBe(true)
    expect((await stage.upload([['contract.pdf', PDF]])).body['requiresAction']).toBe(false)
  })

  it.each([
    ['a file that is too large', () => stage.upload([['big.txt', 'x'.repeat(1_000_001)]]), 413, 'attachment.too-large'],
    ['a program', () => stage.upload([['run.sh', '#!/bin/sh\n']]), 415, 'attachment.type-refused'],
    ['an empty file', () => stage.upload([['empty.txt', '']]), 400, 'attachment.empty'],
    ['another field', () => stage.upload([['a.txt', 'x', 'photo']]), 400, 'field.unknown'],
    ['no file', () => stage.call('POST', stage.path, { body: new FormData() }), 400, undefined],
    ['JSON', () => stage.call('POST', stage.path, { body: {} }), 415, 'body.type-unsupported'],
    ['eleven files', () => stage.upload(Array.from({ length: 11 }, (_, n) => [`${n}.txt`, 'x'])), 400, 'field.invalid'],
    ['a weak If-Match', () => stage.upload([['a.txt', 'x']], { 'if-match': 'W/"2"' }), 400, 'request.header-invalid'],
  ] as const)('refuses %s and keeps nothing', async (_, send, status, code) => {
    const problem = problemOf(await send())
    expect(problem.status).toBe(status)
    if (code !== undefined) expect(problem.code).toBe(code)
    expect(await stage.rows()).toEqual({ published: 0, staged: 0 })
  })

  it('is refused for an offer that is not accepted, for another company, and without credentials', async () => {
    const offered = await stage.server.offer(stage.company.companyId)
    const form = () => {
      const body = new FormData()
      body.append('file', new Blob(['x']), 'a.txt')
      return { body }
    }
    expect(problemOf(await stage.call('POST', `/leads/${offered}/attachments`, form()))).toMatchObject({
      status: 409,
      code: 'lead.not-accepted',
    })
    expect(problemOf(await stage.asOther('POST', stage.path, form())).status).toBe(404)
    expect(problemOf(await stage.asNobody('POST', stage.path, form())).status).toBe(401)
  })
})

describe('DELETE /v1/leads/{id}/attachments/{attachmentId}', () => {
  it('takes the file away, under If-Match', async () => {
    const [file] = filesOf(await stage.upload([['plan.pdf', PDF]]))
    const path = `${stage.path}/${file?.id}`
    const stale = await stage.call('DELETE', path, { headers: { 'if-match': '"2"' } })
    expect(problemOf(stale)).toMatchObject({ status: 412, code: 'lead.changed-meanwhile' })
    expect(problemOf(await stage.asOther('DELETE', path)).status).toBe(404)
    expect(problemOf(await stage.asNobody('DELETE', path)).status).toBe(401)
    const answer = await stage.call('DELETE', path, { headers: { 'if-match': '"3"' } })
    expect([answer.status, answer.headers.get('etag'), filesOf(answer)]).toEqual([200, '"4"', []])
    expect(problemOf(await stage.call('DELETE', path))).toMatchObject({ status: 404, code: 'attachment.not-found' })
    expect(problemOf(await stage.call('DELETE', `${stage.path}/x`))).toMatchObject({ code: 'request.id-invalid' })
    expect(await stage.rows()).toEqual({ published: 0, staged: 0 })
  })
})
