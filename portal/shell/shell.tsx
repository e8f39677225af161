import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { useSession } from '../api/queries/session.ts'
import { startLive, stopLive } from '../live.ts'
import { closeCreateLead, openCreateLead, useCreateLeadOpened } from './create-lead-store.ts'
import { BottomNav, SideNav, TopBar } from './navigation.tsx'
import { COMPANY_PAGES, OPERATOR_PAGES, type PageEntry } from './pages.ts'
import { openPalette, usePaletteWanted } from './palette-store.ts'
import { SessionDialog } from './session-dialog.tsx'
import classes from './shell.module.css'
import { useShortcuts, useShortcutsEnabled } from './shortcuts.ts'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const CreateLead = lazy(async () => ({ default: (await import('../lead/create-lead/create-lead.tsx')).CreateLead }))

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
      <ShortcutsDialog opened={helpOpened} pages={pages} onClose={() => setHelpOpened(false)} />
      <SessionDialog />
    </div>
  )
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
  const [createWanted, setCreateWanted] = useState(false)
  if (createOpened && !createWanted) setCreateWanted(true)
  return (
    <Suspense>
      {paletteWanted && <Palette pages={pages} hasLeads={hasLeads} onHelp={onHelp} />}
      {createWanted && <CreateLead opened={createOpened} onClose={closeCreateLead} />}
    </Suspense>
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
