import { CommanderError } from 'commander'
import { RefusalError, renderText } from '../core/errors.ts'
import { StartError } from '../lib/start-error.ts'
import { isUnavailable } from '../store/faults.ts'
import { offerOptionName } from './offer-options.ts'

/** An error as one sentence for the person at the command line. */
export function explain(error: unknown): string {
  if (error instanceof RefusalError) return renderText(error.refusal.text, offerOptionName)
  if (error instanceof CommanderError) return explainUsage(error)
  const text = error instanceof Error ? error.message : String(error)
  return isUnavailable(error) && !(error instanceof StartError)
    ? `The store is not available at the moment; try again shortly (${text}).`
    : text
}

function explainUsage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Name a command; leadwright --help lists them.'
  const text = message.replace(/^error: /, '').replaceAll('\n', ' ')
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.)?!]$/.test(sentence) ? sentence : `${sentence}.`
}
