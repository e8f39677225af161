import { issueApiKey } from '../app/credentials/issue-api-key.ts'
import { addCommand, type Group } from './command.ts'
import { companyOption, requiredText } from './options.ts'
import { formatPairs } from './table.ts'
import { withApp } from './with-app.ts'

export function addApiKeyIssue(group: Group): void {
  addCommand(group, {
    name: 'issue',
    summary: 'Issue an API key for the ConstructionOnline face; shown this once.',
    example: "apikey issue --company 1001 --name 'Estimating program'",
    options: [companyOption(), requiredText('--name <name>', 'what the key is for')],
    run: async ({ options }, io) => {
      const order = { companyId: options.number('company'), name: options.text('name') }
      const { id, key, hint } = await withApp(io, (app) => issueApiKey(app, order))
      const text = formatPairs([
        ['Id', id],
        ['API key', key],
      ])
      return { json: { id, apiKey: key, hint }, text: `${text}\nThe key is not shown again.` }
    },
  })
}
