import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { ApiProblem } from './api/client.ts'
import { sessionQuery } from './api/queries/session.ts'
import { queryClient } from './api/query-client.ts'
import { PageError } from './shell/page-error.tsx'
import { PageSkeleton } from './shell/page-skeleton.tsx'
import { NotFound, Root } from './shell/root.tsx'
import { fetchCode } from './ui/code.ts'

/** The query part of an address: a word given twice is a list. Every page checks its own words. */
export type SearchWords = Record<string, string | string[] | undefined>

const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound })

/** Everything behind the log-in. */
const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  component: lazyRouteComponent(() => fetchCode(() => import('./shell/shell.tsx')), 'Shell'),
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery).catch((error: unknown) => {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href } })
    })
    // An operator belongs to no company and so has no leads; an account to look after everybody has.
    const isOperators = /^\/(operator|settings)(\/|$)/.test(location.pathname)
    if (session.user.role === 'operator' && !isOperators) throw redirect({ to: '/operator' })
  },
})

const words = (search: Record<string, unknown>): SearchWords => search as SearchWords

const inside = () => insideRoute
const outside = () => rootRoute

const pages = [
  createRoute({
    getParentRoute: inside,
    path: '/',
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/today/today-page.tsx')), 'TodayPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/board',
    validateSearch: words,
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/board/board-page.tsx')), 'BoardPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/leads',
    validateSearch: words,
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/leads/leads-page.tsx')), 'LeadsPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/leads/$leadId',
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/lead/lead-page.tsx')), 'LeadPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/conflicts',
    component: lazyRouteComponent(
      () => fetchCode(() => import('./pages/conflicts/conflicts-page.tsx')),
      'ConflictsPage',
    ),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/reports',
    validateSearch: words,
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/reports/reports-page.tsx')), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/settings',
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/settings/settings-page.tsx')), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/settings/$section',
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/settings/settings-page.tsx')), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/settings/$section/$item',
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/settings/settings-page.tsx')), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: inside,
    path: '/operator',
    validateSearch: words,
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/operator/operator-page.tsx')), 'OperatorPage'),
  }),
] as const

const outsidePages = [
  createRoute({
    getParentRoute: outside,
    path: '/sign-in',
    validateSearch: words,
    component: lazyRouteComponent(() => fetchCode(() => import('./pages/sign-in/sign-in-page.tsx')), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: outside,
    path: '/forgot-password',
    component: lazyRouteComponent(
      () => fetchCode(() => import('./pages/sign-in/forgot-password-page.tsx')),
      'ForgotPasswordPage',
    ),
  }),
  createRoute({
    getParentRoute: outside,
    path: '/reset-password/$token',
    component: lazyRouteComponent(
      () => fetchCode(() => import('./pages/sign-in/reset-password-page.tsx')),
      'ResetPasswordPage',
    ),
  }),
  createRoute({
    getParentRoute: outside,
    path: '/invitation/$token',
    component: lazyRouteComponent(
      () => fetchCode(() => import('./pages/sign-in/invitation-page.tsx')),
      'InvitationPage',
    ),
  }),
] as const

export const router = createRouter({
  routeTree: rootRoute.addChildren([insideRoute.addChildren([...pages]), ...outsidePages]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 150,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Plain words, as everybody else writes addresses: `?status=QUOTE_SENT&status=JOB_WON`. */
function readSearch(text: string): SearchWords {
  const found: SearchWords = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const known = found[name]
    found[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value]
  }
  return found
}

function writeSearch(search: Record<string, unknown>): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) out.append(name, String(one))
  }
  const text = out.toString()
  return text === '' ? '' : `?${text}`
}
