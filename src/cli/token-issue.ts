import { issueToken } from '../app/credentials/issue-token.ts'
import { addCommand, type Group } from './command.ts'
import { companyOption, numberOption, requiredText } from './options.ts'
import { formatPairs } from './table.ts'
import { withApp } from './with-app.ts'

export function addTokenIssue(group: Group): void {
  addCommand(group, {
    name: 'issue',
    summary: 'Issue a bearer token for the RenovationFind face and the native API; shown this once.',
    example: "token issue --company 1001 --name 'Front desk' --days 90",
    options: [
      companyOption(),
      requiredText('--name <name>', 'what the token is for'),
      numberOption('--days <days>', 'life of the token (default: TOKEN_DAYS)'),
    ],
    run: async ({ options }, io) => {
      const order = { companyId: options.number('company'), name: options.text('name') }
      const issued = await withApp(io, (app, { tokenDays }) =>
        issueToken(app, { ...order, days: options.findNumber('days') ?? tokenDays }),
      )
      const text = formatPairs([
        ['Id', issued.id],
        ['Expires', issued.expiresAt],
        ['Token', issued.token],
      ])
      return { json: issued, text: `${text}\nThe token is not shown again.` }
    },
  })
}
