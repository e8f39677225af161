import { type Refusal, RefusalError } from '../../core/errors.ts'
import type { Result } from '../../lib/result.ts'

/** The value of a result, or its refusal thrown. */
export function orRefuse<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value
  throw new RefusalError(result.fault)
}
