import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { type RefObject, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useSession } from '../api/queries/session.ts'
import { gateState, subscribeToGate } from '../api/session-gate.ts'
import { startLive, stopLive } from '../live.ts'
import { LaterDialog, lazyPart, whenIdle } from '../ui/later.tsx'
import { closeCreateLead, openCreateLead, useCreateLeadOpened } from './create-lead-store.ts'
import { closeLinkLead, useLinkLeadOpened } from './link-lead-store.ts'
import { BottomNav, SideNav, TopBar } from './navigation.tsx'
import { COMPANY_PAGES, OPERATOR_PAGES, type PageEntry } from './pages.ts'
import { openPalette, usePaletteWanted } from './palette-store.ts'
import classes from './shell.module.css'
import { useShortcuts, useShortcutsEnabled } from './shortcuts.ts'

const Palette = lazyPart(() => import('./palette.tsx'), 'Palette')
const CreateLead = lazyPart(() => import('../lead/create-lead/create-lead.tsx'), 'CreateLead')
const ShortcutsDialog = lazyPart(() => import('./shortcuts-dialog.tsx'), 'ShortcutsDialog')
const loadSessionDialog = () => import('./session-dialog.tsx')
const SessionDialog = lazyPart(loadSessionDialog, 'SessionDialog')
const LinkLead = lazyPart(() => import('../sync/link-lead-dialog.tsx'), 'LinkLeadDialog')

/** What surrounds every page behind the log-in: navigation, search, shortcuts, live changes, the end of a session. */
export function Shell() {
  const { company } = useSession()
  const pages = company === null ? OPERATOR_PAGES : COMPANY_PAGES
  const main = useRef<HTMLElement>(null)
  const [helpOpened, setHelpOpened] = useState(false)
  const hasLeads = company !== null
  useFocusOnNavigation(main)
  usePageShortcuts(pages, hasLeads, () => setHelpOpened(true))
  useEffect(() => {
    if (!hasLeads) return
    startLive()
    return stopLive
  }, [hasLeads])
  const openHelp = () => setHelpOpened(true)
  return (
    <div className={classes.frame ?? ''}>
      <a className={classes.skip ?? ''} href="#main">
        Skip to the page
      </a>
      <SideNav pages={pages} onHelp={openHelp} />
      <TopBar onHelp={openHelp} />
      <main id="main" ref={main} tabIndex={-1} className={classes.main ?? ''}>
        <div className={classes.page ?? ''}>
          <Outlet />
        </div>
      </main>
      <BottomNav pages={pages} />
      <LazyDialogs pages={pages} hasLeads={hasLeads} onHelp={openHelp} />
      <LaterDialog opened={helpOpened}>
        {(opened) => <ShortcutsDialog opened={opened} pages={pages} onClose={() => setHelpOpened(false)} />}
      </LaterDialog>
      <SignInAgain />
    </div>
  )
}

/** The dialog is fetched before it is wanted: by then the server may be another one, with other files. */
function SignInAgain() {
  const { asking } = useSyncExternalStore(subscribeToGate, gateState)
  useEffect(() => whenIdle(() => void loadSessionDialog().catch(() => undefined)), [])
  return <LaterDialog opened={asking}>{(opened) => <SessionDialog opened={opened} />}</LaterDialog>
}

function LazyDialogs({
  pages,
  hasLeads,
  onHelp,
}: {
  pages: readonly PageEntry[]
  hasLeads: boolean
  onHelp: () => void
}) {
  const paletteWanted = usePaletteWanted()
  const createOpened = useCreateLeadOpened()
  const linkOpened = useLinkLeadOpened()
  return (
    <>
      <Suspense>{paletteWanted && <Palette pages={pages} hasLeads={hasLeads} onHelp={onHelp} />}</Suspense>
      <LaterDialog opened={createOpened}>
        {(opened) => <CreateLead opened={opened} onClose={closeCreateLead} />}
      </LaterDialog>
      <LaterDialog opened={linkOpened}>{(opened) => <LinkLead opened={opened} onClose={closeLinkLead} />}</LaterDialog>
    </>
  )
}

/** Moves the focus to a page that has just come, where a keyboard or screen reader goes on. */
function useFocusOnNavigation(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path, main])
}

function usePageShortcuts(pages: readonly PageEntry[], hasLeads: boolean, openHelp: () => void): void {
  const navigate = useNavigate()
  const [enabled] = useShortcutsEnabled()
  const meanings: Record<string, () => void> = { '?': openHelp, '/': openPalette }
  for (const { letter, to } of pages) meanings[`g ${letter}`] = () => void navigate({ to })
  if (hasLeads) meanings['n'] = openCreateLead
  useShortcuts(meanings, enabled)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      openPalette()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
