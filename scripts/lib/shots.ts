/** Who looks: the office of the demo, a company that has just begun, the operator, or nobody who is signed in. */
export type Who = 'office' | 'newcomer' | 'operator' | 'visitor'

/** Places whose address is known only once the demo is there. */
export type Place = 'lead' | 'offer' | 'endpoint' | 'public-form'

export interface Shot {
  readonly name: string
  /** In the portal, or one of the places. */
  readonly address: string | Place
  readonly who: Who
  readonly form: 'desktop' | 'phone'
  readonly colorScheme: 'light' | 'dark'
  /** The whole page, and not only what the first screen shows of it. */
  readonly isWhole: boolean
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
  ['public-form', 'public-form', 'visitor'],
  ['today', '/'],
  ['board', '/board'],
  ['leads', '/leads'],
  ['trash', '/leads?deleted=true'],
  ['lead', 'lead'],
  ['offer', 'offer'],
  ['lead-unknown', '/leads/999999999'],
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

/** Every page as each device and colour scheme shows it, before and after the company is connected. */
export const EVERY: readonly Shot[] = shotsOf(PAGES)
export const EVERY_CONNECTED: readonly Shot[] = shotsOf(CONNECTED_PAGES)

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
