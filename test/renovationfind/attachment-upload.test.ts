import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { type File, formOf, MB, makeAttachmentStage, NOTHING, PDF } from './attachment-stage.ts'
import { countHistory, dataOf, errorOf, listOf } from './client.ts'

const stage = await makeAttachmentStage()

/** Folders in which servers of this machine receive files at the moment. */
async function uploadFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('leadwright-upload-'))
}

describe('POST /general-leads/{id}/attachments', () => {
  it('attaches several files in their order, in one change', async () => {
    const before = await countHistory(stage.server, stage.leadId)
    const answer = await stage.upload(['plan.pdf', PDF], ['notes.txt', 'Measure twice'])
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body)).toEqual(['success', 'data'])
    expect(listOf(answer)).toEqual([
      {
        id: expect.any(Number),
        displayFilename: 'plan.pdf',
        contentType: 'application/pdf',
        uploadDate: expect.stringMatching(/:\d{2}Z$/),
      },
      {
        id: expect.any(Number),
        displayFilename: 'notes.txt',
        contentType: 'text/plain',
        uploadDate: expect.any(String),
      },
    ])
    const detail = await stage.call('GET', `/general-leads/${stage.leadId}`)
    expect(dataOf(detail)['attachments']).toEqual(listOf(answer))
    expect(listOf(await stage.call('GET', stage.attachments))).toEqual(listOf(answer))
    expect(await countHistory(stage.server, stage.leadId)).toEqual({
      timeline: before.timeline + 1,
      listed: before.listed + 1,
    })
    expect(await stage.rows()).toEqual({ published: 2, staged: 0, chunks: 2 })
  })

  it('gives back every byte of a file of many chunks and of the largest size', async () => {
    const bytes = randomBytes(MB)
    const [file] = listOf(await stage.upload(['scan.bin', bytes]))
    const response = await stage.download(file?.['id'])
    expect(response.headers.get('content-length')).toBe(String(MB))
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await stage.rows()).chunks).toBe(Math.ceil(MB / 262_144))
  })

  it('decides the type by the content, not by the name or what the client says', async () => {
    const answer = await stage.upload(
      ['photo.png', '<svg onload="alert(1)"/>'],
      ['page.html', PDF],
      ['x.html', '<html>\u00e9'],
    )
    expect(listOf(answer).map((file) => file['contentType'])).toEqual(['text/plain', 'application/pdf', 'text/plain'])
  })

  it('keeps only the base name, in UTF-8', async () => {
    const answer = await stage.upload(['../../etc/Küche 😀.pdf', PDF], ['..', PDF])
    expect(listOf(answer).map((file) => file['displayFilename'])).toEqual(['Küche 😀.pdf', 'attachment'])
  })

  it.each<[string, number, readonly File[]]>([
    ['an empty file', 400, [['a.pdf', '']]],
    ['a file in another field', 400, [['a.pdf', PDF, 'files']]],
    ['a field of the name of an object member', 400, [['a.pdf', PDF, 'toString']]],
    [
      'a good file with a bad one',
      400,
      [
        ['a.pdf', PDF],
        ['b.pdf', ''],
      ],
    ],
    ['eleven files', 400, Array.from({ length: 11 }, (_, i): File => [`${i}.pdf`, PDF])],
    ['a hundred and more files', 400, Array.from({ length: 130 }, (_, i): File => [`${i}.pdf`, PDF])],
    ['a file that is one byte too large', 413, [['a.bin', Buffer.alloc(MB + 1, 1)]]],
    [
      'a file that is many times too large',
      413,
      [
        ['a.bin', Buffer.alloc(8 * MB, 1)],
        ['b.pdf', PDF],
      ],
    ],
    ['more than ten files could have', 413, [['a.bin', Buffer.alloc(13 * MB, 1)]]],
    ['a Windows program', 415, [['a.pdf', Buffer.from(`MZ\u0090\u0000${'\u0000'.repeat(60)}`, 'latin1')]]],
    ['a shell script', 415, [['a.pdf', '#!/bin/sh\n']]],
    ['a Linux program', 415, [['a.pdf', Buffer.from('7f454c4602010100', 'hex')]]],
  ])('refuses %s with %i and keeps nothing', async (_, status, files) => {
    const before = await countHistory(stage.server, stage.leadId)
    const answer = await stage.upload(...files)
    expect(answer.status).toBe(status)
    errorOf(answer)
    expect(await stage.rows()).toEqual(NOTHING)
    expect(await countHistory(stage.server, stage.leadId)).toEqual(before)
  })

  it('refuses a form without files and one with a text field', async () => {
    const form = new FormData()
    form.append('file', 'only a text')
    form.append('note', 'x')
    expect((await stage.call('POST', stage.attachments, { body: form })).status).toBe(400)
    const empty = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await stage.call('POST', stage.attachments, { body: '--x--\r\n', headers: empty })).status).toBe(400)
    expect((await stage.call('POST', stage.attachments, { body: '', headers: empty })).status).toBe(400)
    expect(await stage.rows()).toEqual(NOTHING)
  })

  it('takes a part named file without a file name as a file', async () => {
    const body = '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nMeasure twice\r\n--x--\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const answer = await stage.call('POST', stage.attachments, { body, headers })
    expect(answer.status).toBe(201)
    expect(listOf(answer)[0]).toMatchObject({ displayFilename: 'attachment', contentType: 'text/plain' })
  })

  it.each(['application/json', 'text/plain', 'multipart/mixed; boundary=x', 'application/x-www-form-urlencoded'])(
    'refuses the Content-Type %s with 415',
    async (type) => {
      const answer = await stage.call('POST', stage.attachments, { body: 'file=x', headers: { 'content-type': type } })
      expect(answer.status).toBe(415)
      errorOf(answer)
    },
  )

  it('refuses a request without any body with 415', async () => {
    expect((await stage.call('POST', stage.attachments)).status).toBe(415)
  })

  const PART =
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
  it.each([
    ['inside a file', `${PART}half of it`],
    ['inside the headers of a part', '--x\r\nContent-Disposition: form-da'],
    ['before the last boundary', `${PART}whole\r\n--x\r\n`],
    ['before the dashes of the last boundary', `${PART}whole\r\n--x`],
    ['without any boundary', 'nothing at all'],
  ])('refuses a body that ends %s with 400', async (_, body) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const answer = await stage.call('POST', stage.attachments, { body, headers })
    expect(answer.status).toBe(400)
    errorOf(answer)
    expect(await stage.rows()).toEqual(NOTHING)
  })

  it('refuses a multipart type that names no boundary with 400', async () => {
    const headers = { 'content-type': 'multipart/form-data' }
    expect((await stage.call('POST', stage.attachments, { body: PART, headers })).status).toBe(400)
  })

  it('keeps nothing, neither rows nor temporary files, of a client that hangs up', async () => {
    const { hostname, port } = new URL(stage.server.baseUrl)
    const others = new Set(await uploadFolders())
    const ours = async () => (await uploadFolders()).filter((name) => !others.has(name))
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /rest-api-v1${stage.attachments} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${stage.company.token}\r\n` +
        `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n${PART}${'y'.repeat(100_000)}`,
    )
    await expect.poll(ours).toHaveLength(1)
    socket.destroy()
    await expect.poll(ours).toEqual([])
    expect(await stage.rows()).toEqual(NOTHING)
  })

  it('takes files only onto accepted leads', async () => {
    const offered = await stage.server.offer(stage.company.companyId)
    const answer = await stage.call('POST', `/general-leads/${offered}/attachments`, { body: formOf(['a.pdf', PDF]) })
    expect(answer.status).toBe(409)
    errorOf(answer)
    const keyed = { body: formOf(['a.pdf', PDF]), headers: { 'idempotency-key': 'offered-1' } }
    expect((await stage.call('POST', `/general-leads/${offered}/attachments`, keyed)).status).toBe(409)
    const [left] = await stage.server.db.query<{ count: number }>({
      text: 'SELECT count(*) FROM attachment WHERE NOT published',
    })
    expect(left?.count).toBe(0)
  })

  it('holds exactly fifty files under concurrent uploads, and leaves nothing of those it refused', async () => {
    const ten = Array.from({ length: 10 }, (_, i): File => [`${i}.pdf`, PDF])
    const answers = await Promise.all(Array.from({ length: 8 }, () => stage.upload(...ten)))
    const statuses = answers.map((answer) => answer.status).sort()
    expect(statuses).toEqual([201, 201, 201, 201, 201, 409, 409, 409])
    expect(await stage.rows()).toEqual({ published: 50, staged: 0, chunks: 50 })
    expect(listOf(await stage.call('GET', stage.attachments))).toHaveLength(50)
  })

  it('ends what LEAD_WON still requires', async () => {
    const won = { status: 'LEAD_WON', jobAmount: 5000, startDateTbd: true, completionDateTbd: true }
    const reported = await stage.call('PUT', `/general-leads/${stage.leadId}/status`, { body: won })
    expect(dataOf(reported)['postLeadRequiresAction']).toBe(true)
    const [file] = listOf(await stage.upload(['contract.pdf', PDF]))
    const attached = await stage.call('GET', `/general-leads/${stage.leadId}`)
    expect(dataOf(attached)['postLeadRequiresAction']).toBe(false)
    await stage.call('DELETE', `${stage.attachments}/${file?.['id']}`)
    expect(dataOf(await stage.call('GET', `/general-leads/${stage.leadId}`))['postLeadRequiresAction']).toBe(true)
  })

  it('gives the stored answer to the same key and files, whatever the boundary, and attaches once', async () => {
    const headers = { 'idempotency-key': `upload-${stage.leadId}` }
    const send = (...files: readonly File[]) =>
      stage.call('POST', stage.attachments, { body: formOf(...files), headers })
    const first = await send(['a.pdf', PDF])
    const again = await send(['a.pdf', PDF])
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await send(['b.pdf', PDF])).status).toBe(422)
    expect((await send(['a.pdf', `${PDF} `])).status).toBe(422)
    expect((await send(['a.pdf', PDF], ['b.pdf', PDF])).status).toBe(422)
    expect(await stage.rows()).toEqual({ published: 1, staged: 0, chunks: 1 })
  })

  it('removes what broken uploads staged more than an hour ago, and nothing younger', async () => {
    await stage.stage('61 minutes')
    await stage.stage('59 minutes')
    await stage.upload(['a.pdf', PDF])
    expect(await stage.rows()).toMatchObject({ published: 1, staged: 1 })
    await stage.server.db.query({ text: 'DELETE FROM attachment WHERE NOT published' })
  })
})
