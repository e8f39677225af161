import { revokeToken } from '../app/credentials/revoke-token.ts'
import { addCommand, type Group } from './command.ts'
import { companyOption } from './options.ts'
import { withApp } from './with-app.ts'

export function addTokenRevoke(group: Group): void {
  addCommand(group, {
    name: 'revoke <id>',
    summary: 'Revoke a token; every server refuses it within 5 seconds.',
    example: 'token revoke --company 1001 0b0f2a52-6f0f-4a53-9d0e-2f6a1c1d7e11',
    options: [companyOption()],
    run: async ({ options, args: [id = ''] }, io) => {
      await withApp(io, (app) => revokeToken(app, options.number('company'), id.toLowerCase()))
      return { json: { id: id.toLowerCase(), revoked: true }, text: `Token ${id} is revoked.` }
    },
  })
}
