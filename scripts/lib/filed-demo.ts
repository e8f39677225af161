// Gives a won lead of the demo the files that its job would have: a picture and a contract.
import type { Browser } from 'playwright-core'
import type { DemoFile } from '../../test/support/child-server.ts'

type Company = DemoFile['companies'][number]

const CONTRACT = `<title>Contract 2026-118</title><h1>Contract 2026-118</h1>
<p>Maple Ridge Renovations does the work below, for the price below, at the address of the customer.</p>
<table cellpadding="8"><tr><td>Cabinets and counters</td><td>$11,900</td></tr><tr><td>Plumbing</td><td>$3,400</td></tr>
<tr><td>Electrical</td><td>$2,750</td></tr><tr><th>Together</th><th>$18,050</th></tr></table>`
const KITCHEN = `<body style="margin:0;background:#d9e4e4"><div style="display:grid;grid-template-columns:repeat(4,1fr);gap:8px;
padding:40px">${'<i style="height:150px;background:#0b6d6b"></i>'.repeat(4)}</div>
<div style="height:36px;background:#8a6d4b"></div><div style="display:grid;grid-template-columns:repeat(4,1fr);gap:8px;
padding:8px 40px">${'<i style="height:220px;background:#f7f5f1"></i>'.repeat(4)}</div></body>`

/** Attaches both. */
export async function fileDemo(browser: Browser, baseUrl: string, { token }: Company, lead: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } })
  await page.setContent(KITCHEN)
  await attach('Kitchen before.jpg', 'image/jpeg', await page.screenshot({ type: 'jpeg' }))
  await page.setContent(CONTRACT)
  await attach('Contract 2026-118.pdf', 'application/pdf', await page.pdf())
  await page.close()

  async function attach(name: string, type: string, bytes: Buffer): Promise<void> {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(bytes)], { type }), name)
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${baseUrl}/v1${lead}/attachments`, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`${name} was not attached: ${response.status} ${await response.text()}`)
  }
}
