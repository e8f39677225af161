import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { findForm } from '../../app/forms/find-form.ts'
import { judgeStamp, stampForm } from '../../app/forms/form-stamp.ts'
import { submitForm } from '../../app/forms/submit-form.ts'
import { type Refusal, refusal } from '../../core/errors.ts'
import { checkForm, FORM_FIELDS } from '../../core/lead-form.ts'
import { NOTHING } from '../../lib/html.ts'
import { refusalOf, sendRefusal } from '../kit/face.ts'
import { watchMethods } from '../kit/methods.ts'
import { renderProblem } from '../kit/problem.ts'
import { takeRawBodies } from '../kit/raw-body.ts'
import { embedScript } from './embed.ts'
import { FRAME_SCRIPT, FRAME_SCRIPT_SOURCE } from './frame-script.ts'
import { faultText, formPage, type LeadForm, messagePage, type Page, renderPage, thanksPage } from './pages.ts'
import { readSubmission, type Sent, speaksJson } from './read-submission.ts'

const STYLE = readFileSync(new URL('./form.css', import.meta.url))
/** No script at all, but the one of a framed page; any page may show the form in a frame, which is what it is for. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *"
const HIDDEN = { schema: { hide: true } } as const

export interface FormsOptions {
  readonly app: App
  /** Address of the portal, for links in mails. */
  readonly site?: string | null
}

/** The public lead form of each company, to be mounted at /forms: takes no credentials and shows no lead. */
export async function formsFace(instance: FastifyInstance, { app, site = null }: FormsOptions): Promise<void> {
  instance.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cache-control': 'no-store',
    })
  })
  instance.setErrorHandler(async (error, request, reply) => {
    const fault = refusalOf(error)
    if (fault.code === 'server.error') request.log.error({ err: error }, 'unexpected fault')
    return answerFault(request, reply, fault)
  })
  instance.setNotFoundHandler(async (request, reply) =>
    answerFault(request, reply, refusal('request.not-found', 'There is no such form.')),
  )
  takeRawBodies(instance)
  const refuseOtherMethods = watchMethods(instance)
  instance.get('/assets/form.css', HIDDEN, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(STYLE),
  )
  addFormRoutes(instance, app, site)
  refuseOtherMethods()
}

function slugOf(request: FastifyRequest): string {
  return (request.params as { slug: string }).slug
}

function addFormRoutes(instance: FastifyInstance, app: App, site: string | null): void {
  instance.get('/:slug', HIDDEN, async (request, reply) => {
    const form = await findForm(app, slugOf(request))
    const stamp = await stampForm(app, form)
    if (!speaksJson(request))
      return sendPage(request, reply, 200, formPage({ form, stamp, typed: {}, faults: [], notice: null }))
    const { title, intro, categories } = form
    return sendJson(reply, 200, { title, intro, categories, fields: FORM_FIELDS, stamp })
  })

  instance.get('/:slug/thanks', HIDDEN, async (request, reply) =>
    sendPage(request, reply, 200, thanksPage(await findForm(app, slugOf(request)))),
  )

  instance.get('/:slug/embed.js', HIDDEN, async (request, reply) => {
    const script = embedScript(await findForm(app, slugOf(request)))
    reply.headers({ 'cache-control': 'public, max-age=300', 'cross-origin-resource-policy': 'cross-origin' })
    return reply.type('text/javascript; charset=utf-8').send(script)
  })

  instance.post('/:slug', HIDDEN, async (request, reply) => {
    const form = await findForm(app, slugOf(request))
    const sent = readSubmission(request)
    // Told that all is well, a program does not try again.
    if (sent.isTrapped) return answerThanks(request, reply, form)
    const checked = checkForm(form.categories, sent.fields)
    if (!checked.ok) return answerFaults(app, { request, reply, form, sent }, checked.faults)
    const late = lateness(await judgeStamp(app, form, sent.stamp))
    if (late !== null) return answerNotice(app, { request, reply, form, sent }, late)
    try {
      const clientAddress = request.ip
      await submitForm(app, { form, edit: checked.edit, stamp: sent.stamp, clientAddress, site })
    } catch (error) {
      const fault = refusalOf(error)
      if (fault.code === 'server.error') throw error
      return answerNotice(app, { request, reply, form, sent }, fault)
    }
    return answerThanks(request, reply, form)
  })
}

function lateness(judgement: 'good' | 'early' | 'stale'): Refusal | null {
  if (judgement === 'good') return null
  const text =
    judgement === 'early'
      ? 'That was very quick. Please look at it once more and press Send again.'
      : 'The form was open for a long time. Please press Send again.'
  return refusal('field.invalid', text, { field: 'stamp' })
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly form: LeadForm
  readonly sent: Sent
}

/** The form again, with what was typed and each fault beside its field. */
async function answerFaults(app: App, exchange: Exchange, faults: readonly Refusal[]): Promise<FastifyReply> {
  const { request, reply, form, sent } = exchange
  const [first] = faults
  if (speaksJson(request) && first !== undefined) {
    const { status, body, headers } = renderProblem(first)
    const errors = faults.map((fault) => ({ field: fault.field, detail: faultText(fault) }))
    return sendRefusal(reply, { status, body: { ...(body as object), errors }, ...(headers && { headers }) })
  }
  const stamp = await stampOf(app, form, sent)
  return sendPage(request, reply, 422, formPage({ form, stamp, typed: typedOf(sent), faults, notice: null }))
}

/** The form again, with what was typed and one sentence on top. */
async function answerNotice(app: App, exchange: Exchange, fault: Refusal): Promise<FastifyReply> {
  const { request, reply, form, sent } = exchange
  const { status, headers = {}, ...problem } = renderProblem(fault)
  if (speaksJson(request)) return sendRefusal(reply, { status, headers, ...problem })
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds))
  const stamp = await stampOf(app, form, sent)
  return sendPage(
    request,
    reply,
    status,
    formPage({ form, stamp, typed: typedOf(sent), faults: [], notice: faultText(fault) }),
  )
}

/** A stamp that is good stays: its age counts from the first look at the form. */
async function stampOf(app: App, form: LeadForm, { stamp }: Sent): Promise<string> {
  return (await judgeStamp(app, form, stamp)) === 'stale' ? stampForm(app, form) : stamp
}

function typedOf({ fields }: Sent): Record<string, string> {
  const texts = Object.entries(fields).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return Object.fromEntries(texts)
}

function answerThanks(request: FastifyRequest, reply: FastifyReply, form: LeadForm): FastifyReply {
  if (speaksJson(request)) return sendJson(reply, 201, { thanks: form.thanks })
  // Another address, so that looking at the page again sends nothing again.
  return reply.code(303).header('location', `/forms/${form.slug}/thanks`).send()
}

function answerFault(request: FastifyRequest, reply: FastifyReply, fault: Refusal): FastifyReply {
  const { status, headers = {}, body } = renderProblem(fault)
  if (speaksJson(request)) return sendRefusal(reply, { status, headers, body })
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds))
  const [title, text] =
    status === 404
      ? ['This form is not here', 'The address may have changed. Please ask the company for the new one.']
      : ['That did not work', faultText(fault)]
  return sendPage(request, reply, status, messagePage(title, text))
}

/** Browsers say what they ask a page for; in a frame, it tells its height to the page around it. */
function sendPage(request: FastifyRequest, reply: FastifyReply, status: number, page: Page): FastifyReply {
  const isFramed = request.headers['sec-fetch-dest'] === 'iframe'
  const policy = isFramed ? `${POLICY}; script-src ${FRAME_SCRIPT_SOURCE}` : POLICY
  const { text } = renderPage(page, isFramed ? FRAME_SCRIPT : NOTHING)
  return reply.code(status).header('content-security-policy', policy).type('text/html; charset=utf-8').send(text)
}

function sendJson(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}
