import { InvalidArgumentError, Option } from 'commander'
import { StartError } from '../lib/start-error.ts'
import { type CliIo, readAll } from './io.ts'

/** The values of a command's options, by their names in camel case. */
export class OptionValues {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  findText(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  text(name: string): string {
    return this.findText(name) ?? missing(name)
  }

  findNumber(name: string): number | undefined {
    const value = this.#values[name]
    return typeof value === 'number' ? value : undefined
  }

  number(name: string): number {
    return this.findNumber(name) ?? missing(name)
  }

  isSet(name: string): boolean {
    return this.#values[name] === true
  }
}

function missing(name: string): never {
  throw new StartError(`The option ${optionName(name)} is required.`)
}

/** "firstName" as "--first-name". */
export function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export function textOption(flags: string, description: string): Option {
  return new Option(flags, description)
}

export function requiredText(flags: string, description: string): Option {
  return new Option(flags, description).makeOptionMandatory()
}

/** A whole number above zero, such as an id or a count of days. */
export function numberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(parseWholeNumber)
}

export function companyOption(): Option {
  return numberOption('--company <id>', 'id of the company').makeOptionMandatory()
}

function parseWholeNumber(text: string): number {
  return findWholeNumber(text) ?? notWhole()
}

function notWhole(): never {
  throw new InvalidArgumentError('It must be a whole number above zero.')
}

/** null for a text that is not a whole number above zero. */
export function findWholeNumber(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

export function passwordOptions(): Option[] {
  return [
    textOption('--password <password>', 'password, 12 to 128 characters (other users of the machine may see it)'),
    new Option('--password-stdin', 'read the password from standard input, one line').conflicts('password'),
  ]
}

/** The password given by option or, with --password-stdin, as the first line of standard input. */
export async function readPassword(options: OptionValues, stdin: CliIo['stdin']): Promise<string> {
  if (!options.isSet('passwordStdin')) {
    const password = options.findText('password')
    if (password !== undefined) return password
    throw new StartError('One of the options --password and --password-stdin is required.')
  }
  return (await readAll(stdin)).split(/\r?\n/)[0] ?? ''
}
