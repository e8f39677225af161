import { Option } from 'commander'
import { addUser } from '../app/credentials/add-user.ts'
import { USER_ROLES, type UserRole } from '../store/credentials/users.ts'
import { addCommand, type Group } from './command.ts'
import { numberOption, passwordOptions, readPassword, requiredText } from './options.ts'
import { formatPairs } from './table.ts'
import { withApp } from './with-app.ts'

export function addUserAdd(group: Group): void {
  addCommand(group, {
    name: 'add',
    summary: 'Add a user to a company, or an operator, who belongs to none.',
    example: "user add --company 1001 --email sam@elm.example --name 'Sam Elm' --role member --password-stdin",
    options: [
      numberOption('--company <id>', 'id of the company; left out for an operator'),
      requiredText('--email <address>', 'e-mail address to log in with'),
      requiredText('--name <name>', 'name of the user'),
      new Option('--role <role>', 'what the user may do').choices(USER_ROLES).makeOptionMandatory(),
      ...passwordOptions(),
    ],
    run: async ({ options }, io) => {
      const input = {
        companyId: options.findNumber('company') ?? null,
        email: options.text('email'),
        name: options.text('name'),
        role: options.text('role') as UserRole,
        password: await readPassword(options, io.stdin),
      }
      const user = await withApp(io, (app) => addUser(app, input))
      const text = formatPairs([
        ['User', `${user.id} ${user.name}`],
        ['E-mail', user.email],
        ['Role', user.role],
        ['Company', user.companyId ?? '(none)'],
      ])
      return { json: { user }, text }
    },
  })
}
