import { makeSeededRandom, type SeededRandom } from '../../src/lib/seeded-random.ts'
import type { LoadPlan } from './load-plan.ts'
import { drawOfFirstCompany, drawTarget, type LeadTarget } from './shape.ts'

const HOT_LEADS = 20
const HOT_SHARE = 0.8

/** Gives the next lead: by chance, or mostly one of a few that all connections share. */
export function targetsOf(
  { shape, spread, seed }: Pick<LoadPlan, 'shape' | 'spread' | 'seed'>,
  random: SeededRandom,
): () => LeadTarget {
  if (spread === 'uniform') return () => drawTarget(shape, random.integer)
  if (spread === 'first-company') return () => drawOfFirstCompany(shape, random.integer)
  const same = makeSeededRandom(seed)
  const hot = Array.from({ length: HOT_LEADS }, () => drawTarget(shape, same.integer))
  return () => (random.chance(HOT_SHARE) ? random.pick(hot) : drawTarget(shape, random.integer))
}
