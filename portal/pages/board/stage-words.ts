import type { BoardStage } from '../../api/keys.ts'

/** What stands in an empty column: what would be there, and how it gets there. */
export const EMPTY_WORDS: { readonly [S in BoardStage]: string } = {
  Offered: 'No offer waits for an answer. New ones appear here by themselves.',
  New: 'Nobody waits for a first call. Accepted offers and leads that you add start here.',
  Contacting: 'Drop a lead here once you have tried to reach the customer.',
  'In conversation': 'Drop a lead here when you talk to each other or a meeting is set.',
  Estimate: 'Drop a lead here when a quote or an estimate has gone out.',
  Won: 'Drop a lead here when the job is yours. It asks for the amount.',
  Lost: 'Leads that went elsewhere, with the reason why.',
  'On hold': 'Jobs that are postponed. They come back to mind when their time is up.',
  Declined: 'Offers that you turned down.',
}
