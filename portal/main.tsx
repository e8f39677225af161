import './nonce.ts'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './styles.css'
import './touches.ts'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { styleNonce } from './nonce.ts'
import { router } from './router.tsx'
import { theme, variables } from './theme.ts'
import { fetchCode } from './ui/code.ts'
import { lazyPart } from './ui/later.tsx'

/** The portal does without short news rather than not at all. */
const Notices = lazyPart(
  () => fetchCode(() => import('./shell/notices.tsx')).catch(() => ({ Notices: () => null })),
  'Notices',
)

const colorSchemeManager = localStorageColorSchemeManager({ key: 'leadwright-color-scheme' })
const container = document.getElementById('root')
if (container === null) throw new Error('The page has no place for the portal.')

// The page's code comes along while the server is still being asked who is signed in.
const wanted = new Set(router.matchRoutes(router.latestLocation).map(({ routeId }) => String(routeId)))
for (const [id, route] of Object.entries(router.routesById)) {
  if (wanted.has(id)) void router.loadRouteChunk(route)
}

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
