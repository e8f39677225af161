import { ruleOf } from './kinds.ts'
import type { Sides, Verdicts } from './merge.ts'

/*
 * A win is final on both sides and freezes the value as the amount of the job. So from the moment at which either side is
 * won, status and value are decided together: a win flows only with its amount, and an amount never into a win that has
 * another one.
 */

/** The verdicts with a win and its amount going the same way, or neither. */
export function coupleWin(verdicts: Verdicts, sides: Sides): Verdicts {
  const [ours, theirs] = [sides.ours['status'] === 'won', sides.theirs['status'] === 'won']
  if (verdicts['value'] === 'unsaid' || verdicts['value'] === 'same') return ours ? keepWin(verdicts, theirs) : verdicts
  if (ours && theirs) return { ...verdicts, value: 'conflict' }
  if (theirs) return withTheirWin(verdicts, sides)
  return ours ? withOurWin(verdicts, sides) : verdicts
}

/** No rule undoes a win of ours. */
function keepWin(verdicts: Verdicts, isTheirsWon: boolean): Verdicts {
  return verdicts['status'] === 'take' && !isTheirsWon ? { ...verdicts, status: 'conflict' } : verdicts
}

function withTheirWin(verdicts: Verdicts, { rules }: Sides): Verdicts {
  const { status, value } = verdicts
  if (value === 'take') return verdicts
  if (status === 'take') {
    // The value there is final: any rule but ours can only mean to take it.
    const rule = ruleOf(rules, 'value')
    if (rule === 'upstream' || rule === 'newest') return { ...verdicts, value: 'take' }
    return { ...verdicts, status: 'conflict', value: 'conflict' }
  }
  return status === 'conflict' ? { ...verdicts, value: 'conflict' } : verdicts
}

function withOurWin(verdicts: Verdicts, { rules }: Sides): Verdicts {
  const { status, value } = verdicts
  const isOneWay = status === value && (status === 'push' || status === 'held')
  if (isOneWay || status === 'unsaid') return verdicts
  const rule = ruleOf(rules, 'value')
  if (status === 'push' && value === 'take' && (rule === 'ours' || rule === 'newest')) {
    return { ...verdicts, value: 'push' }
  }
  return { ...verdicts, status: 'conflict', value: 'conflict' }
}
