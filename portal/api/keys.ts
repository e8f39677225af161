import type { LeadQuery } from './types.ts'

export type LeadFilter = Omit<LeadQuery, 'cursor' | 'limit'>
export type BoardStage = NonNullable<LeadQuery['boardStage']>[number]
/** A user's id, `me` or `none`; null: everybody. */
export type AssigneeFilter = string | null

/**
 * The keys of everything that is kept in the query cache. The first word says what it is, so that live.ts can tell what
 * an event makes stale.
 */
export const keys = {
  session: ['session'] as const,
  today: ['today'] as const,
  lead: (id: number) => ['lead', id] as const,
  timeline: (id: number) => ['lead', id, 'timeline'] as const,
  duplicates: (email: string, phone: string, except: number | null) => ['duplicates', email, phone, except] as const,
  leads: (filter: LeadFilter) => ['leads', filter] as const,
  search: (q: string) => ['search', q] as const,
  board: ['board'] as const,
  boardColumn: (stage: BoardStage, assignee: AssigneeFilter) => ['board', stage, assignee] as const,
  leadStatuses: ['lead-statuses'] as const,
  statistics: (from: string, to: string, assignee: AssigneeFilter) => ['statistics', from, to, assignee] as const,
  company: ['company'] as const,
  users: ['users'] as const,
  invitations: ['invitations'] as const,
  tokens: ['tokens'] as const,
  apiKeys: ['api-keys'] as const,
  views: ['views'] as const,
  health: ['health'] as const,
  webhooks: ['webhooks'] as const,
  webhook: (id: number) => ['webhooks', id] as const,
  webhookAttempts: (id: number, outcome: string, event: string) =>
    ['webhooks', id, 'attempts', outcome, event] as const,
  webhookAttempt: (id: number, attemptId: number) => ['webhooks', id, 'attempt', attemptId] as const,
  connections: ['connections'] as const,
  runs: (id: number) => ['connections', id, 'runs'] as const,
  conflicts: (leadId: number | null) => ['conflicts', leadId] as const,
  conflictCount: ['conflicts', 'count'] as const,
  links: (leadId: number) => ['lead', leadId, 'links'] as const,
  operatorCompanies: (q: string) => ['operator', 'companies', q] as const,
}
