/**
 * One kind of work with sentences to choose from. {year}, {feet}, {area} and {count} in a sentence are replaced by a
 * number that suits.
 */
export interface Trade {
  readonly category: string
  /** Whole dollars, from the smallest job to the largest. */
  readonly valueRange: readonly [min: number, max: number]
  readonly situations: readonly string[]
  readonly wants: readonly string[]
  readonly details: readonly string[]
}
