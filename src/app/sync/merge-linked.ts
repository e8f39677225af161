import { mergeLinked } from '../../core/sync/renovationfind-lead.ts'
import type { SyncFields } from '../../core/sync/shape.ts'
import type { App } from '../app.ts'
import { onLead } from '../leads/write-lead.ts'
import type { MergeFor } from './apply-merge.ts'
import { syncActor } from './sync-actor.ts'

/** Takes what an upstream's answer shows of a lead into ours: the customer, whom it shows only after an acceptance. */
export async function mergeLinkedAnswer(
  app: App,
  of: MergeFor,
  leadId: number,
  linked: { readonly fields: SyncFields; readonly details: Readonly<Record<string, string | number | null>> },
): Promise<void> {
  const decide = mergeLinked(linked, await app.followUps.of(of.companyId))
  await app.writer.write({ companyId: of.companyId, actor: syncActor(of), target: onLead(leadId, decide) })
}
