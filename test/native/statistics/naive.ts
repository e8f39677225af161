import type { Static } from 'typebox'
import type { Statistics as StatisticsShape } from '../../../src/api/native/contract/company.ts'
import type { Client } from '../client.ts'
import { ask, type WholeLead } from '../lists/made-leads.ts'

export type Statistics = Static<typeof StatisticsShape>

/** What leads are worth, to the cent. */
export function worth(leads: readonly WholeLead[]): string {
  const cents = leads.reduce((sum, lead) => sum + Math.round(Number(lead.jobAmount ?? lead.value ?? 0) * 100), 0)
  return (cents / 100).toFixed(2)
}

export function naiveBucket(leads: readonly WholeLead[]): Record<string, unknown> {
  const at = (stage: string) => leads.filter(({ boardStage }) => boardStage === stage)
  const [won, lost] = [at('Won'), at('Lost')]
  const closed = won.length + lost.length
  return {
    count: leads.length,
    won: won.length,
    lost: lost.length,
    open: leads.length - closed - at('Declined').length,
    wonAmount: worth(won),
    lostAmount: worth(lost),
    winRate: closed === 0 ? null : Math.round((won.length / closed) * 10_000) / 10_000,
  }
}

/** As percentile_cont has it. */
export function naiveHours(seconds: readonly number[]): { medianHours: number | null; p90Hours: number | null } {
  const sorted = [...seconds].sort((a, b) => a - b)
  const at = (share: number) => {
    if (sorted.length === 0) return null
    const place = share * (sorted.length - 1)
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return (low + (high - low) * (place - Math.floor(place))) / 3600
  }
  return { medianHours: at(0.5), p90Hours: at(0.9) }
}

interface Entry {
  readonly changes: readonly { readonly field: string; readonly new: unknown }[]
}

/** The stages at which a lead has stood, by its timeline. */
export async function naiveStages(call: Client, leadId: number): Promise<Set<string>> {
  const { statuses } = (await ask(call, 'GET', '/lead-statuses')) as unknown as {
    statuses: { status: string; boardStage: string }[]
  }
  const { entries } = (await ask(call, 'GET', `/leads/${leadId}/timeline?limit=100`)) as unknown as { entries: Entry[] }
  const now: Record<string, unknown> = {}
  const stages = new Set<string>()
  for (const { changes } of [...entries].reverse()) {
    for (const change of changes) now[change.field] = change.new
    if (now['action'] === 'NONE') stages.add('Offered')
    else if (now['action'] === 'DECLINED') stages.add('Declined')
    else stages.add(statuses.find(({ status }) => status === now['status'])?.boardStage ?? '?')
  }
  return stages
}
