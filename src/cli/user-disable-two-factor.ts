import { endTwoFactorFor } from '../app/sessions/end-two-factor.ts'
import { addCommand, type Group } from './command.ts'
import { requiredText } from './options.ts'
import { withApp } from './with-app.ts'

export function addUserDisableTwoFactor(group: Group): void {
  addCommand(group, {
    name: 'disable-two-factor',
    summary: 'Turn two-factor log-in off for a user who lost authenticator and recovery codes; ends their sessions.',
    example: 'user disable-two-factor --email sam@elm.example',
    options: [requiredText('--email <address>', 'e-mail address of the user')],
    run: async ({ options }, io) => {
      const user = await withApp(io, (app) => endTwoFactorFor(app, options.text('email')))
      return { json: { user, twoFactor: false }, text: `${user.email} signs in with the password alone now.` }
    },
  })
}
