import { revokeApiKey } from '../app/credentials/revoke-api-key.ts'
import { StartError } from '../lib/start-error.ts'
import { addCommand, type Group } from './command.ts'
import { companyOption, findWholeNumber } from './options.ts'
import { withApp } from './with-app.ts'

export function addApiKeyRevoke(group: Group): void {
  addCommand(group, {
    name: 'revoke <id>',
    summary: 'Revoke an API key; every server refuses it within 5 seconds.',
    example: 'apikey revoke --company 1001 501',
    options: [companyOption()],
    run: async ({ options, args: [text = ''] }, io) => {
      const id = findWholeNumber(text)
      if (id === null) throw new StartError(`The id of an API key is a whole number above zero, not "${text}".`)
      await withApp(io, (app) => revokeApiKey(app, options.number('company'), id))
      return { json: { id, revoked: true }, text: `API key ${id} is revoked.` }
    },
  })
}
