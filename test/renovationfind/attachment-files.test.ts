import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formOf, makeAttachmentStage, PDF } from './attachment-stage.ts'
import { clientOf, countHistory, errorOf, listOf } from './client.ts'

const stage = await makeAttachmentStage()

describe('GET /general-leads/{id}/attachments/{attachmentId}', () => {
  it('is a download under every circumstance', async () => {
    const [file] = listOf(await stage.upload(['Küche (A).html', '<script>alert(1)</script>']))
    const response = await stage.download(file?.['id'], { 'accept-encoding': 'gzip' })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="K?che (A).html"; filename*=UTF-8''K%C3%BCche%20%28A%29.html`,
      'content-length': '25',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(await response.text()).toBe('<script>alert(1)</script>')
  })

  it('answers 304 to the ETag, which is the hash of the content', async () => {
    const [file] = listOf(await stage.upload(['a.pdf', PDF]))
    const etag = `"${createHash('sha256').update(PDF).digest('hex')}"`
    expect((await stage.download(file?.['id'])).headers.get('etag')).toBe(etag)
    for (const header of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const response = await stage.download(file?.['id'], { 'if-none-match': header })
      expect([response.status, await response.text()]).toEqual([304, ''])
    }
    expect((await stage.download(file?.['id'], { 'if-none-match': '"other"' })).status).toBe(200)
  })

  it('answers HEAD with the same head and no body', async () => {
    const [file] = listOf(await stage.upload(['a.pdf', PDF]))
    const response = await stage.download(file?.['id'], {}, 'HEAD')
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(PDF.length)])
    expect(await response.text()).toBe('')
  })

  it('does not show a staged file', async () => {
    const staged = await stage.stage()
    expect((await stage.download(staged)).status).toBe(404)
    await stage.server.db.query({ text: 'DELETE FROM attachment WHERE NOT published' })
  })
})

describe('DELETE /general-leads/{id}/attachments/{attachmentId}', () => {
  it('takes the file and its bytes away in one change, and is not found again', async () => {
    const [first, second] = listOf(await stage.upload(['a.pdf', PDF], ['b.pdf', PDF]))
    const before = await countHistory(stage.server, stage.leadId)
    const answer = await stage.call('DELETE', `${stage.attachments}/${first?.['id']}`)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ success: true, message: expect.any(String) })
    expect(listOf(await stage.call('GET', stage.attachments))).toEqual([second])
    expect(await stage.rows()).toEqual({ published: 1, staged: 0, chunks: 1 })
    expect(await countHistory(stage.server, stage.leadId)).toEqual({
      timeline: before.timeline + 1,
      listed: before.listed + 1,
    })
    expect((await stage.download(first?.['id'])).status).toBe(404)
    expect((await stage.call('DELETE', `${stage.attachments}/${first?.['id']}`)).status).toBe(404)
  })

  it('gives the stored answer to the same Idempotency-Key', async () => {
    const [file] = listOf(await stage.upload(['a.pdf', PDF]))
    const headers = { 'idempotency-key': `delete-${stage.leadId}` }
    const first = await stage.call('DELETE', `${stage.attachments}/${file?.['id']}`, { headers })
    const again = await stage.call('DELETE', `${stage.attachments}/${file?.['id']}`, { headers })
    expect([again.status, again.text]).toEqual([200, first.text])
  })
})

describe('the attachments of a lead', () => {
  it('are not there for another company, for another lead, and without a token', async () => {
    const [file] = listOf(await stage.upload(['a.pdf', PDF]))
    const one = `${stage.attachments}/${file?.['id']}`
    const otherLead = await stage.server.offer(stage.company.companyId)
    const elsewhere = `/general-leads/${otherLead}/attachments/${file?.['id']}`
    const stranger = clientOf(stage.server, await stage.server.company())
    const nobody = clientOf(stage.server, null)
    const body = () => formOf(['b.pdf', PDF])
    for (const [client, status] of [
      [stranger, 404],
      [nobody, 401],
    ] as const) {
      const answers = [
        await client('GET', stage.attachments),
        await client('GET', one),
        await client('DELETE', one),
        await client('POST', stage.attachments, { body: body() }),
        await client('POST', stage.attachments, { body: body(), headers: { 'idempotency-key': 'stranger' } }),
      ]
      for (const answer of answers) {
        expect(answer.status).toBe(status)
        errorOf(answer)
      }
    }
    expect((await stage.call('GET', elsewhere)).status).toBe(404)
    expect((await stage.call('DELETE', elsewhere)).status).toBe(404)
    expect(await stage.rows()).toEqual({ published: 1, staged: 0, chunks: 1 })
  })

  it('are not there once the lead is deleted', async () => {
    const [file] = listOf(await stage.upload(['a.pdf', PDF]))
    await stage.server.db.query({ text: 'UPDATE lead SET deleted_at = now() WHERE id = $1', values: [stage.leadId] })
    expect((await stage.call('GET', stage.attachments)).status).toBe(404)
    expect((await stage.download(file?.['id'])).status).toBe(404)
    expect((await stage.upload(['b.pdf', PDF])).status).toBe(404)
  })

  it.each([
    ['0', 404],
    ['-1', 404],
    ['9223372036854775807', 404],
    ['9223372036854775808', 400],
    ['1e3', 400],
    ['text', 400],
  ])('answer the id %s with %i', async (id, status) => {
    for (const path of [`/general-leads/${id}/attachments`, `${stage.attachments}/${id}`]) {
      const answer = await stage.call('GET', path)
      expect(answer.status).toBe(status)
      errorOf(answer)
    }
    expect((await stage.call('DELETE', `${stage.attachments}/${id}`)).status).toBe(status)
    const posted = await stage.call('POST', `/general-leads/${id}/attachments`, { body: formOf(['a.pdf', PDF]) })
    expect(posted.status).toBe(status)
  })
})
