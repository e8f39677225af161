import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import { judgeQuarrel, type Pair, Quarrel } from './quarrel.ts'
import { poll, type SyncStage, syncStage } from './sync-stage.ts'

const LEADS = 3
const STEPS = 48

/** Leads that are on both sides. */
async function pairsOf(stage: SyncStage): Promise<Pair[]> {
  for (let n = 1; n <= LEADS; n += 1) await stage.theirs.create({ EMAIL: `lead${n}@example.com` })
  await stage.connect({ intervalSeconds: 5 })
  await stage.settle()
  const rows = await stage.a.db.query<{ a: number; b: string }>({
    text: 'SELECT lead_id AS a, upstream_id AS b FROM connection_lead ORDER BY lead_id',
  })
  return rows.map(({ a, b }) => ({ a, b: Number(b) }))
}

it('two offices that edit at random, with cuts and restarts, agree on all but what is listed as a conflict', async () => {
  const stage = await syncStage()
  const pairs = await pairsOf(stage)
  const desks = {
    a: {
      get baseUrl() {
        return stage.a.baseUrl
      },
      token: stage.company.token,
    },
    b: {
      get baseUrl() {
        return stage.b.baseUrl
      },
      token: stage.upstream.token,
    },
  }
  const troubles: Readonly<Record<number, () => Promise<void> | void>> = {
    10: () => stage.line.mode('cut'),
    14: () => stage.line.mode('open'),
    18: () => stage.line.mode('mute-writes'),
    28: () => stage.line.mode('open'),
    34: () => stage.a.restart(),
    40: async () => {
      await stage.b.restart()
      stage.line.target(stage.b.baseUrl)
    },
  }
  const quarrel = new Quarrel(makeSeededRandom(20_260_301), desks)
  for (let step = 1; step <= STEPS; step += 1) {
    await quarrel.step(pairs)
    await sleep(step % 3 === 0 ? 200 : 20)
    await troubles[step]?.()
  }
  await poll(async () => ((await stage.run()).error === null ? true : null), 'a good run')
  await stage.settle()
  const judgement = await judgeQuarrel(desks, pairs)
  expect(judgement.faults).toEqual([])
  expect(quarrel.edits).toBeGreaterThan(STEPS / 2)
  expect(judgement.agreed).toBeGreaterThan(0)
}, 120_000)
