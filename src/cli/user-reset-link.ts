import { makeResetLink } from '../app/users/reset-link.ts'
import { addCommand, type Group } from './command.ts'
import { requiredText } from './options.ts'
import { portalAddress } from './portal-address.ts'
import { formatPairs } from './table.ts'
import { withApp } from './with-app.ts'

export function addUserResetLink(group: Group): void {
  addCommand(group, {
    name: 'reset-link',
    summary: 'Make a link by which a user chooses a new password; it works once, for an hour.',
    example: 'user reset-link --email sam@elm.example',
    options: [requiredText('--email <address>', 'e-mail address of the user')],
    run: async ({ options }, io) => {
      const made = await withApp(io, (app, config) => makeResetLink(app, options.text('email'), portalAddress(config)))
      const text = formatPairs([
        ['E-mail', made.email],
        ['Expires', made.expiresAt],
        ['Link', made.link],
      ])
      return { json: made, text: `${text}\nWhoever has the link can choose the password: pass it on with care.` }
    },
  })
}
