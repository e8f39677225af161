import { listCompanyUsers } from '../../store/credentials/company-users.ts'
import { type EndpointKey, findEndpoint } from '../../store/webhooks/endpoints.ts'
import type { App } from '../app.ts'

const WHY: Readonly<Record<string, string>> = {
  gone: 'It answered that it is gone for good (410).',
  failing: 'Every message to it has failed for five days.',
}

/** Tells the company's admins by e-mail, where that is set, that an endpoint was disabled, and why. */
export function tellDisabled(app: App, key: EndpointKey, reason: string): void {
  if (!app.mail.isOn) return
  const read = Promise.all([listCompanyUsers(app.db, key.companyId), findEndpoint(app.db, key)])
  read.then(
    ([users, endpoint]) => {
      if (endpoint === null) return
      const text = `Hello,

Leadwright no longer sends webhooks to ${endpoint.url}. ${WHY[reason] ?? ''}

What happens from now on is not sent there. Once the receiver works again, an admin can enable the endpoint in the
settings of the portal, and have what it has missed sent again.
`
      for (const { email } of users.filter(({ role, active }) => role === 'admin' && active)) {
        app.mail.post(async () => ({ to: email, subject: 'A webhook endpoint was disabled', text }))
      }
    },
    // The portal shows it in any case.
    () => undefined,
  )
}
