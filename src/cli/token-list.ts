import { listTokens } from '../app/credentials/list-tokens.ts'
import { addCommand, type Group } from './command.ts'
import { companyOption } from './options.ts'
import { formatTable } from './table.ts'
import { withApp } from './with-app.ts'

export function addTokenList(group: Group): void {
  addCommand(group, {
    name: 'list',
    summary: "List a company's tokens, newest first; the tokens themselves are not stored.",
    example: 'token list --company 1001',
    options: [companyOption()],
    run: async ({ options }, io) => {
      const tokens = await withApp(io, (app) => listTokens(app, options.number('company')))
      const rows = tokens.map((token) => [
        token.id,
        token.name,
        token.createdAt,
        token.expiresAt,
        token.revokedAt ?? '',
        token.lastUsedAt ?? '',
      ])
      return { json: { tokens }, text: formatTable(['ID', 'NAME', 'CREATED', 'EXPIRES', 'REVOKED', 'LAST USED'], rows) }
    },
  })
}
