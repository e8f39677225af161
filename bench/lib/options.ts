import { type ParseArgsConfig, parseArgs } from 'node:util'

export interface Option {
  readonly fallback: string
  readonly meaning: string
}

type Values<Options> = { readonly [Name in keyof Options]: string }

/**
 * Reads `--name=value` options. Prints all of them and ends the process on --help; a name that is not known, or a word
 * that is no option, is an error.
 */
export function readOptions<const Options extends Readonly<Record<string, Option>>>(
  title: string,
  options: Options,
): Values<Options> {
  const entries = Object.entries<Option>(options)
  const known = Object.fromEntries(entries.map(([name]) => [name, { type: 'string' } as const]))
  const values = parse({ ...known, help: { type: 'boolean' } })
  if (values['help'] === true) {
    console.log(`${title}\n`)
    for (const [name, { fallback, meaning }] of entries) {
      const left = `  --${name}=…`.padEnd(26)
      console.log(`${left}${meaning} (${fallback === '' ? 'none' : fallback})`)
    }
    process.exit(0)
  }
  return Object.fromEntries(
    entries.map(([name, { fallback }]) => [name, String(values[name] ?? fallback)]),
  ) as Values<Options>
}

function parse(options: NonNullable<ParseArgsConfig['options']>): Readonly<Record<string, unknown>> {
  try {
    return parseArgs({ options, strict: true }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n--help lists the options.`)
    process.exit(2)
  }
}

/** A number of at least `min`; `k` and `m` may follow, as in 100k or 10m. */
export function numberOf(name: string, text: string, min = 0): number {
  const match = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text)
  const factor = { '': 1, k: 1_000, m: 1_000_000 }[match?.[2]?.toLowerCase() ?? ''] ?? 1
  const value = Number(match?.[1]) * factor
  if (match === null || value < min) throw new Error(`--${name} must be a number of at least ${min}, not "${text}".`)
  return value
}

/** As `numberOf`, for whole numbers. */
export function integerOf(name: string, text: string, min = 0): number {
  const value = numberOf(name, text, min)
  if (!Number.isInteger(value)) throw new Error(`--${name} must be a whole number, not "${text}".`)
  return value
}

/** True for yes, false for no. */
export function flagOf(name: string, text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new Error(`--${name} must be yes or no, not "${text}".`)
  return text === 'yes'
}

/** The parts of a list such as `A64,L64`; empty for an empty text. */
export function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
