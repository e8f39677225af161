/** Pages of the portal that links lead to; `site` is its address without a slash at the end. */
export function resetLink(site: string, token: string): string {
  return `${site}/reset-password/${token}`
}

export function invitationLink(site: string, token: string): string {
  return `${site}/invitation/${token}`
}
