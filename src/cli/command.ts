import type { Command, Option } from 'commander'
import type { CliIo } from './io.ts'
import { OptionValues } from './options.ts'

/** What a command says: one JSON document for programs, or text for people. */
export interface Output {
  readonly json: unknown
  readonly text: string
  /** 1 when the command did its work and found something wrong. */
  readonly exitCode?: number
}

export interface CommandInput {
  readonly options: OptionValues
  readonly args: readonly string[]
}

export interface CommandSpec {
  /** Name and arguments, such as `revoke <id>`. */
  readonly name: string
  readonly summary: string
  /** One complete call, without the program's name. */
  readonly example: string
  readonly options: readonly Option[]
  /** undefined when the command has said everything itself. */
  readonly run: (input: CommandInput, io: CliIo) => Promise<Output | undefined>
}

/** A parent command with what its leaves need. */
export interface Group {
  readonly command: Command
  readonly io: CliIo
  readonly setExitCode: (code: number) => void
}

/** Adds a leaf with `--json` and an example in its help. */
export function addCommand({ command, io, setExitCode }: Group, spec: CommandSpec): void {
  const leaf = command.command(spec.name).description(spec.summary)
  for (const option of spec.options) leaf.addOption(option)
  leaf.option('--json', 'print one JSON document and nothing else')
  leaf.addHelpText('after', `\nExample:\n  leadwright ${spec.example}`)
  leaf.action(async () => {
    const values: Readonly<Record<string, unknown>> = leaf.opts()
    const output = await spec.run({ options: new OptionValues(values), args: leaf.args }, io)
    if (output === undefined) return
    io.stdout.write(`${values['json'] === true ? JSON.stringify(output.json) : output.text}\n`)
    setExitCode(output.exitCode ?? 0)
  })
}
