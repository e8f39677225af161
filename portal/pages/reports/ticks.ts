const STEPS = [1, 2, 2.5, 5, 10]

/**
 * Round values from 0 to the first that reaches `max`, in about `count` steps; whole ones when `whole`, as there is no
 * half a lead.
 */
export function niceTicks(max: number, count: number, whole: boolean): readonly number[] {
  if (!(max > 0)) return [0, 1]
  const rough = max / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (STEPS.find((each) => each * power >= rough * (1 - 1e-9)) ?? 10) * power
  const size = whole ? Math.max(1, Math.ceil(step)) : step
  const steps = Math.ceil(max / size - 1e-9)
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * size).toPrecision(12)))
}
