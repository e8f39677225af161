import { listApiKeys } from '../app/credentials/list-api-keys.ts'
import { addCommand, type Group } from './command.ts'
import { companyOption } from './options.ts'
import { formatTable } from './table.ts'
import { withApp } from './with-app.ts'

export function addApiKeyList(group: Group): void {
  addCommand(group, {
    name: 'list',
    summary: "List a company's API keys, newest first; the keys themselves are not stored.",
    example: 'apikey list --company 1001',
    options: [companyOption()],
    run: async ({ options }, io) => {
      const apiKeys = await withApp(io, (app) => listApiKeys(app, options.number('company')))
      const rows = apiKeys.map((key) => [
        String(key.id),
        key.name,
        `${key.hint}…`,
        key.createdAt,
        key.revokedAt ?? '',
        key.lastUsedAt ?? '',
      ])
      return { json: { apiKeys }, text: formatTable(['ID', 'NAME', 'KEY', 'CREATED', 'REVOKED', 'LAST USED'], rows) }
    },
  })
}
