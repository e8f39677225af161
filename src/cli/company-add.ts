import { addCompany } from '../app/credentials/add-company.ts'
import { addCommand, type Group } from './command.ts'
import { numberOption, passwordOptions, readPassword, requiredText, textOption } from './options.ts'
import { formatPairs } from './table.ts'
import { withApp } from './with-app.ts'

export function addCompanyAdd(group: Group): void {
  addCommand(group, {
    name: 'add',
    summary: 'Add a company with its admin user, one token and one API key, each shown this once.',
    example: "company add --name 'Elm Builders' --email office@elm.example --password-stdin < password.txt",
    options: [
      requiredText('--name <name>', 'name of the company'),
      requiredText('--email <address>', 'e-mail address of its admin user'),
      ...passwordOptions(),
      textOption('--user-name <name>', "name of the admin user (default: the company's)"),
      numberOption('--token-days <days>', 'life of the token (default: TOKEN_DAYS)'),
    ],
    run: async ({ options }, io) => {
      const input = {
        name: options.text('name'),
        email: options.text('email'),
        password: await readPassword(options, io.stdin),
        userName: options.findText('userName'),
      }
      const added = await withApp(io, (app, { tokenDays }) =>
        addCompany(app, { ...input, tokenDays: options.findNumber('tokenDays') ?? tokenDays }),
      )
      const { company, email, token, apiKey } = added
      const text = formatPairs([
        ['Company', `${company.id} ${company.name}`],
        ['E-mail', email],
        ['Token', token],
        ['API key', apiKey],
      ])
      return { json: { company, email, token, apiKey }, text: `${text}\nToken and key are not shown again.` }
    },
  })
}
