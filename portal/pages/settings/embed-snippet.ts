/** Addresses of a company's public form, and the line that puts it into a page of the company's own. */
export function formAddress(origin: string, slug: string): string {
  return `${origin}/forms/${encodeURIComponent(slug)}`
}

export function embedSnippet(origin: string, slug: string): string {
  return `<script src="${formAddress(origin, slug)}/embed.js" async></script>`
}
