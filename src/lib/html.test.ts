import { describe, expect, it } from 'vitest'
import { html, NOTHING } from './html.ts'

describe('html', () => {
  it('escapes texts, in content and in attributes', () => {
    const evil = `<img src=x onerror="alert('1')">&`
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`)
  })

  it('keeps HTML, lists of it, numbers and nothing', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
    expect(html`<ul data-n="${2}">${items}</ul>${NOTHING}`.text).toBe(
      '<ul data-n="2"><li>a</li><li>&lt;b&gt;</li></ul>',
    )
  })
})
