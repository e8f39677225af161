import { describe, expect, it } from 'vitest'
import { problemOf } from '../client.ts'
import { filesOf, makeAttachmentStage, PDF, PNG } from './attachment-stage.ts'

const stage = await makeAttachmentStage()

async function attach(name: string, content: Uint8Array | string): Promise<number> {
  return filesOf(await stage.upload([[name, content]])).at(-1)?.id ?? -1
}

describe('GET /v1/leads/{id}/attachments/{attachmentId}', () => {
  it('is a download that no browser would run', async () => {
    const id = await attach('plän "1".png', PNG)
    const response = await stage.download(id)
    expect(response.status).toBe(200)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'content-security-policy': "default-src 'none'; frame-ancestors 'self'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="/)
    const tag = response.headers.get('etag') ?? ''
    expect((await stage.download(id, { 'if-none-match': tag })).status).toBe(304)
    const head = await stage.download(id, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(PNG.length)])
  })

  it('shows pictures and PDF in place when asked, each under its policy', async () => {
    const picture = await stage.download(`${await attach('a.png', PNG)}?inline=1`)
    expect(picture.headers.get('content-disposition')).toBe('inline; filename="a.png"')
    expect(picture.headers.get('content-security-policy')).toContain('sandbox')
    const pdf = await stage.download(`${await attach('a.pdf', PDF)}?inline=1`)
    expect(pdf.headers.get('content-disposition')).toBe('inline; filename="a.pdf"')
    expect(pdf.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'self'; object-src 'self'; style-src 'unsafe-inline'",
    )
    for (const response of [picture, pdf]) expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['HTML', 'a.html', '<!doctype html><script>alert(1)</script>'],
    ['SVG', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['text', 'a.txt', 'Measure twice'],
  ])('never shows %s in place', async (_, name, content) => {
    const response = await stage.download(`${await attach(name, content)}?inline=1`)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('is not found for other leads, other companies and deleted leads, and needs credentials', async () => {
    const id = await attach('a.png', PNG)
    const path = `${stage.path}/${id}`
    expect(problemOf(await stage.asOther('GET', path))).toMatchObject({ status: 404, code: 'attachment.not-found' })
    expect(problemOf(await stage.asOther('GET', stage.path))).toMatchObject({ status: 404, code: 'lead.not-found' })
    expect(problemOf(await stage.asNobody('GET', path)).status).toBe(401)
    expect(problemOf(await stage.asNobody('GET', stage.path)).status).toBe(401)
    expect(problemOf(await stage.call('GET', `${stage.path}/9`)).status).toBe(404)
    expect(problemOf(await stage.call('GET', `${path}?inline=2`))).toMatchObject({ code: 'request.parameter-invalid' })
    await stage.call('DELETE', `/leads/${stage.leadId}`)
    expect(problemOf(await stage.call('GET', path)).status).toBe(404)
  })
})
