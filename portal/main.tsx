import './nonce.ts'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './styles.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { styleNonce } from './nonce.ts'
import { router } from './router.tsx'
import { theme, variables } from './theme.ts'
import { lazyPart } from './ui/later.tsx'

/** The portal does without short news rather than not at all. */
const Notices = lazyPart(() => import('./shell/notices.tsx').catch(() => ({ Notices: () => null })), 'Notices')

/** When the page was last loaded anew by itself; kept so that a broken installation does not reload for ever. */
const RELOADED = 'leadwright-reloaded-at'
const RELOAD_PAUSE_MS = 60_000

const colorSchemeManager = localStorageColorSchemeManager({ key: 'leadwright-color-scheme' })
const container = document.getElementById('root')
if (container === null) throw new Error('The page has no place for the portal.')

// The page's code comes along while the server is still being asked who is signed in.
const wanted = new Set(router.matchRoutes(router.latestLocation).map(({ routeId }) => String(routeId)))
for (const [id, route] of Object.entries(router.routesById)) {
  if (wanted.has(id)) void router.loadRouteChunk(route)
}

// After an update of the server an open page asks for files that are gone: the new page knows the new ones.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
  if (Date.now() - last < RELOAD_PAUSE_MS) return
  event.preventDefault()
  sessionStorage.setItem(RELOADED, String(Date.now()))
  window.location.reload()
})

createRoot(container).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Suspense>
          <Notices />
        </Suspense>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
