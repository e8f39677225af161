/** Addresses of a company's public form, and the line that puts it into a page of the company's own. */
export function formAddress(origin: string, slug: string): string {
  return `${origin}/forms/${encodeURIComponent(slug)}`
}

/** For a visitor without script there is a link in the place of the form. */
export function embedSnippet(origin: string, slug: string, title: string): string {
  const address = formAddress(origin, slug)
  return `<script src="${address}/embed.js" async></script><noscript><a href="${address}">${escaped(title)}</a></noscript>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
