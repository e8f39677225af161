/** Pages of the portal that links lead to; `site` is its address without a slash at the end. */
export function resetLink(site: string, token: string): string {
  return `${site}/reset-password/${token}`
}

export function invitationLink(site: string, token: string): string {
  return `${site}/invitation/${token}`
}

export function leadLink(site: string, leadId: number): string {
  return `${site}/leads/${leadId}`
}

/** The list of leads, filtered as its address says. */
export function leadsLink(site: string, filter: Readonly<Record<string, string>>): string {
  return `${site}/leads?${new URLSearchParams(filter)}`
}

export function profileLink(site: string): string {
  return `${site}/settings/profile`
}
