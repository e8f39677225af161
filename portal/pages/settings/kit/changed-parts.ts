/*
 * What was changed of settings in the form in which they are sent: objects of parts, of which each is sent alone. All else,
 * such as a list, is one part.
 */

/** What differs in `after`: to be sent, so that what somebody else set beside it stays. */
export function changedParts<E extends object>(before: E, after: E): Partial<E> {
  const changed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(after)) {
    const old = partOf(before, name)
    if (isObject(old) && isObject(value)) {
      const parts = changedParts(old, value)
      if (Object.keys(parts).length > 0) changed[name] = parts
    } else if (!isSame(old, value)) changed[name] = value
  }
  return changed as Partial<E>
}

/** True when somebody else changed a part from `before` to `now` that the wish would set to something else again. */
export function isClash(before: object, now: object, wish: object): boolean {
  return Object.entries(wish).some(([name, value]) => {
    const [old, theirs] = [partOf(before, name), partOf(now, name)]
    if (isObject(old) && isObject(theirs) && isObject(value)) return isClash(old, theirs, value)
    return !isSame(old, theirs) && !isSame(theirs, value)
  })
}

function partOf(all: object, name: string): unknown {
  return (all as Readonly<Record<string, unknown>>)[name]
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
