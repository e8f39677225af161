/** A repeatable source of choices: the same seed gives the same sequence on every machine. Not for secrets. */
export interface SeededRandom {
  /** A whole number from min to max, both included. */
  integer(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  /** True with the given probability. */
  chance(probability: number): boolean
}

/** The generator called mulberry32: 32 bits of state, plenty for made-up data. */
export function makeSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (min: number, max: number): number => min + Math.floor(unit() * (max - min + 1))
  return {
    integer,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.')
      return list[integer(0, list.length - 1)] as T
    },
    chance: (probability) => unit() < probability,
  }
}
