import { Command, CommanderError } from 'commander'
import { addApiKeyIssue } from './apikey-issue.ts'
import { addApiKeyList } from './apikey-list.ts'
import { addApiKeyRevoke } from './apikey-revoke.ts'
import type { Group } from './command.ts'
import { addCompanyAdd } from './company-add.ts'
import { addDoctor } from './doctor.ts'
import { explain } from './explain.ts'
import type { CliIo } from './io.ts'
import { addLeadOffer } from './lead-offer.ts'
import { addMigrate } from './migrate.ts'
import { addServe } from './serve.ts'
import { addTokenIssue } from './token-issue.ts'
import { addTokenList } from './token-list.ts'
import { addTokenRevoke } from './token-revoke.ts'
import { addUserAdd } from './user-add.ts'
import { addUserDisableTwoFactor } from './user-disable-two-factor.ts'
import { addUserResetLink } from './user-reset-link.ts'

/**
 * Runs one command; resolves to its exit code. With --json there is exactly one JSON document on standard output, an
 * error included; without it an error is one sentence on standard error.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  let exitCode = 0
  const setExitCode = (code: number) => {
    exitCode = code
  }
  try {
    await makeProgram(io, setExitCode).parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const text = explain(error)
    if (argv.includes('--json')) io.stdout.write(`${JSON.stringify({ error: text })}\n`)
    else io.stderr.write(`${text}\n`)
    return 1
  }
}

function makeProgram(io: CliIo, setExitCode: Group['setExitCode']): Command {
  const program = new Command('leadwright')
    .description('The lead desk for renovation and construction companies.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // Faults of the command line are told in one place, by runCli.
      writeErr: () => undefined,
    })
  const root: Group = { command: program, io, setExitCode }
  const group = (name: string, summary: string): Group => ({
    ...root,
    command: program.command(name).description(summary),
  })
  addServe(root)
  addMigrate(root)
  addDoctor(root)
  addCompanyAdd(group('company', 'Companies of this installation.'))
  const user = group('user', 'People who log in.')
  addUserAdd(user)
  addUserResetLink(user)
  addUserDisableTwoFactor(user)
  const token = group('token', 'Bearer tokens of the RenovationFind face and the native API.')
  addTokenIssue(token)
  addTokenList(token)
  addTokenRevoke(token)
  const apiKey = group('apikey', 'API keys of the ConstructionOnline face.')
  addApiKeyIssue(apiKey)
  addApiKeyList(apiKey)
  addApiKeyRevoke(apiKey)
  addLeadOffer(group('lead', 'Leads.'))
  return program
}
