/** Steps between two powers of two; a recorded time is known to about 0.8 %. */
const STEPS = 128
const STEP_BITS = 7
const POWERS = 32

/** Durations in buckets whose width grows with the duration; recording costs no allocation. */
export class Histogram {
  readonly #counts = new Float64Array(POWERS * STEPS)
  #total = 0
  #maxUs = 0

  get total(): number {
    return this.#total
  }

  record(milliseconds: number): void {
    const us = Math.max(0, milliseconds * 1000)
    this.#counts[bucketOf(us)] = (this.#counts[bucketOf(us)] ?? 0) + 1
    this.#total += 1
    if (us > this.#maxUs) this.#maxUs = us
  }

  /** The longest recorded time in milliseconds, exactly. */
  max(): number {
    return this.#maxUs / 1000
  }

  /** The time in milliseconds that a share of all recordings did not exceed; 0 when there are none. */
  quantile(share: number): number {
    const wanted = Math.ceil(share * this.#total)
    let seen = 0
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count
      if (count > 0 && seen >= wanted) return Math.min(upperEndOf(bucket), this.#maxUs) / 1000
    }
    return 0
  }
}

/** Below 256 µs a bucket is one µs wide; above, 128 buckets lead from each power of two to the next. */
function bucketOf(us: number): number {
  const whole = Math.min(Math.floor(us), 0x7fff_ffff)
  if (whole < 2 * STEPS) return whole
  const power = 31 - Math.clz32(whole) - STEP_BITS
  return power * STEPS + (whole >>> power)
}

function upperEndOf(bucket: number): number {
  if (bucket < 2 * STEPS) return bucket + 1
  const power = Math.floor(bucket / STEPS) - 1
  return (bucket - power * STEPS + 1) * 2 ** power
}
