import type { findForm } from '../../app/forms/find-form.ts'
import { type Refusal, renderText } from '../../core/errors.ts'
import { FORM_FIELDS, type FormField, formLengthMax } from '../../core/lead-form.ts'
import { type Html, html, NOTHING } from '../../lib/html.ts'

export type LeadForm = Awaited<ReturnType<typeof findForm>>

/** A field that people do not see and programs fill in. */
export const TRAP_FIELD = 'homepage'
export const STAMP_FIELD = 'stamp'
export const STYLE_PATH = '/forms/assets/form.css'

/** A page, but for its frame. */
export interface Page {
  readonly title: string
  readonly body: Html
  /** Whom the page says that what is sent goes to. */
  readonly sentTo: string | null
}

interface Look {
  readonly label: string
  /** What sentences about it call it; the label when absent. */
  readonly said?: string
  readonly type: 'text' | 'email' | 'tel'
  /** What browsers fill in by themselves (WCAG 1.3.5). */
  readonly autocomplete: string
  readonly half?: true
  readonly need?: 'name' | 'reach'
}

const LOOKS: { readonly [F in FormField]: Look } = {
  firstName: { label: 'First name', type: 'text', autocomplete: 'given-name', half: true, need: 'name' },
  lastName: { label: 'Last name', type: 'text', autocomplete: 'family-name', half: true },
  email: { label: 'E-mail', type: 'email', autocomplete: 'email', half: true, need: 'reach' },
  phone: { label: 'Phone', type: 'tel', autocomplete: 'tel', half: true, need: 'reach' },
  address: { label: 'Street address', type: 'text', autocomplete: 'street-address' },
  city: { label: 'City', type: 'text', autocomplete: 'address-level2', half: true },
  zip: { label: 'Postal code', type: 'text', autocomplete: 'postal-code', half: true },
  category: { label: 'What is it about?', said: 'The choice', type: 'text', autocomplete: 'off' },
  message: { label: 'Tell us about your project', said: 'Your message', type: 'text', autocomplete: 'off' },
}

export interface FormPage {
  readonly form: LeadForm
  readonly stamp: string
  /** What was typed before, shown again. */
  readonly typed: Readonly<Record<string, string>>
  /** Faults of fields, each beside its own. */
  readonly faults: readonly Refusal[]
  /** A fault of the whole. */
  readonly notice: string | null
}

/** What a refusal of a form says to the person who filled it in. */
export function faultText({ text }: Refusal): string {
  return renderText(text, (field) => {
    const look = Object.hasOwn(LOOKS, field) ? LOOKS[field as FormField] : undefined
    return look?.said ?? look?.label ?? field
  })
}

/** The form, as it is asked for and with what was wrong. */
export function formPage({ form, stamp, typed, faults, notice }: FormPage): Page {
  const fields = FORM_FIELDS.filter((field) => field !== 'category' || form.categories.length > 0)
  const [first] = faults
  const body = html`<header>
<p class="company">${form.companyName}</p>
<h1>${form.title}</h1>
${form.intro === '' ? NOTHING : html`<p class="prose">${form.intro}</p>`}
</header>
${noticeOf(notice, faults)}
<form method="post" action="/forms/${form.slug}">
${fields.map((field) => fieldOf(form, field, typed[field] ?? '', faults, first?.field === field))}
<div class="trap" aria-hidden="true"><label for="${TRAP_FIELD}">Leave this empty</label>
<input id="${TRAP_FIELD}" name="${TRAP_FIELD}" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="${STAMP_FIELD}" value="${stamp}">
<div class="send"><button>Send</button></div>
</form>`
  const isRefused = faults.length > 0 || notice !== null
  return { title: isRefused ? `Please check: ${form.title}` : form.title, body, sentTo: form.companyName }
}

export function thanksPage(form: LeadForm): Page {
  const body = html`<p class="company">${form.companyName}</p>
<h1>We have your message</h1>
<p class="prose">${form.thanks}</p>`
  return { title: `Sent: ${form.title}`, body, sentTo: form.companyName }
}

/** A page that says what went wrong where there is no form to show it in. */
export function messagePage(title: string, text: string): Page {
  return { title, body: html`<h1>${title}</h1><p class="prose">${text}</p>`, sentTo: null }
}

function noticeOf(notice: string | null, faults: readonly Refusal[]): Html {
  if (notice !== null) return html`<div class="notice" role="alert"><p>${notice}</p></div>`
  if (faults.length === 0) return NOTHING
  const links = faults.map((fault) => html`<li><a href="#${fault.field ?? ''}">${faultText(fault)}</a></li>`)
  return html`<div class="notice" role="alert"><p>Please check what you entered:</p><ul>${links}</ul></div>`
}

function fieldOf(
  form: LeadForm,
  field: FormField,
  value: string,
  faults: readonly Refusal[],
  takesFocus: boolean,
): Html {
  const { label, half, need } = LOOKS[field]
  const fault = faults.find((one) => one.field === field)
  const mark = need === undefined ? html` <span class="optional">(optional)</span>` : NOTHING
  // One sentence for the two that stand side by side.
  const hint = field === 'email' ? html`<p class="hint" id="reach">E-mail or phone: one is enough.</p>` : NOTHING
  const told = [need === 'reach' ? 'reach' : '', fault === undefined ? '' : `${field}-fault`].filter(Boolean)
  const state = html`${told.length > 0 ? html` aria-describedby="${told.join(' ')}"` : NOTHING}${
    fault === undefined ? NOTHING : html` aria-invalid="true"`
  }${takesFocus ? html` autofocus` : NOTHING}`
  return html`${hint}<div class="field${half ? ' half' : ''}">
<label for="${field}">${label}${mark}</label>
${controlOf(form, field, value, state)}
${fault === undefined ? NOTHING : html`<p class="fault" id="${field}-fault">${faultText(fault)}</p>`}
</div>
`
}

function controlOf(form: LeadForm, field: FormField, value: string, state: Html): Html {
  if (field === 'message') {
    // The line break after the tag is not content: without it, one that was typed first would be lost.
    return html`<textarea id="message" name="message" rows="6" maxlength="${formLengthMax(field)}"${state}>
${value}</textarea>`
  }
  if (field === 'category') {
    const options = form.categories.map(
      (one) => html`<option${one === value ? html` selected` : NOTHING}>${one}</option>`,
    )
    return html`<select id="category" name="category"${state}><option value="">Please choose</option>${options}</select>`
  }
  const { type, autocomplete, need } = LOOKS[field]
  const required = need === 'name' ? html` required` : NOTHING
  return html`<input id="${field}" name="${field}" type="${type}" autocomplete="${autocomplete}" maxlength="${formLengthMax(field)}" value="${value}"${required}${state}>`
}

/** The whole document; with a script at its end where there is one. */
export function renderPage({ title, body, sentTo }: Page, script: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
<div class="card">
${body}
</div>
${sentTo === null ? NOTHING : html`<footer>What you send goes to ${sentTo} only.</footer>`}
</main>
${script}
</body>
</html>
`
}
