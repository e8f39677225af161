import { CONNECTED_STATES, STATES, type Step } from './states.ts'

/** Who looks: the office of the demo, a company that has just begun, the operator, or nobody who is signed in. */
export type Who = 'office' | 'newcomer' | 'operator' | 'visitor'

/** Places whose address is known only once the demo is there. */
export type Place = 'lead' | 'won' | 'lost' | 'offer' | 'endpoint' | 'public-form'
/** What it is looked at with. */
export type Form = 'desktop' | 'phone'

export interface Shot {
  readonly name: string
  /** In the portal, or one of the places. */
  readonly address: string | Place
  readonly who: Who
  readonly form: Form
  readonly colorScheme: 'light' | 'dark'
  /** The whole page, and not only what the first screen shows of it. */
  readonly isWhole: boolean
  /** What is done on the page before. */
  readonly steps?: readonly Step[]
}

const FIRST_SCREEN = { who: 'office', isWhole: false } as const

/** The pictures of the documents. */
export const BEST: readonly Shot[] = [
  { name: 'today', address: '/', form: 'desktop', colorScheme: 'light', ...FIRST_SCREEN },
  { name: 'board', address: '/board', form: 'desktop', colorScheme: 'light', ...FIRST_SCREEN },
  { name: 'lead', address: 'lead', form: 'desktop', colorScheme: 'dark', ...FIRST_SCREEN },
  { name: 'reports', address: '/reports', form: 'desktop', colorScheme: 'light', ...FIRST_SCREEN },
  { name: 'phone', address: 'lead', form: 'phone', colorScheme: 'light', ...FIRST_SCREEN },
]

type Page = readonly [name: string, address: string | Place, who?: Who]

const SECTIONS = ['profile', 'company', 'follow-up', 'lists', 'users', 'access', 'webhooks', 'form', 'health']

const PAGES: readonly Page[] = [
  ['sign-in', '/sign-in', 'visitor'],
  ['forgot-password', '/forgot-password', 'visitor'],
  ['invitation-unknown', '/invitation/unknown', 'visitor'],
  ['reset-password', '/reset-password/unknown', 'visitor'],
  ['public-form', 'public-form', 'visitor'],
  ['today', '/'],
  ['board', '/board'],
  ['leads', '/leads'],
  ['trash', '/leads?deleted=true'],
  ['lead', 'lead'],
  ['lead-won', 'won'],
  ['lead-lost', 'lost'],
  ['offer', 'offer'],
  ['lead-unknown', '/leads/999999999'],
  ['page-unknown', '/no-such-page'],
  ['reports', '/reports'],
  ['conflicts-none', '/conflicts'],
  ...SECTIONS.map((section): Page => [`settings-${section}`, `/settings/${section}`]),
  ['settings-endpoint', 'endpoint'],
  ['settings-connections-none', '/settings/connections'],
  ['new-today', '/', 'newcomer'],
  ['new-board', '/board', 'newcomer'],
  ['new-leads', '/leads', 'newcomer'],
  ['new-reports', '/reports', 'newcomer'],
  ['new-access', '/settings/access', 'newcomer'],
  ['new-webhooks', '/settings/webhooks', 'newcomer'],
  ['new-health', '/settings/health', 'newcomer'],
  ['operator', '/operator', 'operator'],
]

/** Pages of a company that is connected, which comes last: its leads stand on every other page then. */
const CONNECTED_PAGES: readonly Page[] = [
  ['settings-connections', '/settings/connections'],
  ['settings-health-connected', '/settings/health'],
  ['conflicts', '/conflicts'],
  ['lead-conflicts', 'lead'],
]

/** Every page as each device and colour scheme shows it, and what opens on it; before and after it is connected. */
export const EVERY: readonly Shot[] = [...shotsOf(PAGES), ...statesOf(STATES)]
export const EVERY_CONNECTED: readonly Shot[] = [...shotsOf(CONNECTED_PAGES), ...statesOf(CONNECTED_STATES)]

function shotsOf(pages: readonly Page[]): Shot[] {
  const forms = ['desktop', 'phone'] as const
  const schemes = ['light', 'dark'] as const
  return pages.flatMap(([page, address, who = 'office']) =>
    forms.flatMap((form) =>
      schemes.map((colorScheme) => {
        const name = `${page}-${form}-${colorScheme}`
        return { name, address, who, form, colorScheme, isWhole: true }
      }),
    ),
  )
}

/** Each device and each scheme once: what opens has no colours that the pages do not have. */
function statesOf(states: typeof STATES): Shot[] {
  return states.flatMap(({ name, address, who = 'office', forms = ['desktop', 'phone'], steps }) =>
    forms.map((form) => {
      const colorScheme = form === 'desktop' ? 'light' : 'dark'
      return { name: `${name}-${form}-${colorScheme}`, address, who, form, colorScheme, isWhole: false, steps }
    }),
  )
}
