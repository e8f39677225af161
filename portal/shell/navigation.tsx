import { ActionIcon, Badge, Group, Indicator, Kbd, Text, UnstyledButton } from '@mantine/core'
import { IconArrowsSplit2, IconPlus, IconSearch } from '@tabler/icons-react'
import { useConflictCount } from '../api/queries/conflicts.ts'
import { useSession } from '../api/queries/session.ts'
import { useLiveState } from '../live.ts'
import { BareLink, IconLink } from '../ui/links.tsx'
import { openCreateLead } from './create-lead-store.ts'
import type { PageEntry } from './pages.ts'
import { openPalette } from './palette-store.ts'
import classes from './shell.module.css'
import { UserMenu } from './user-menu.tsx'

const IS_MAC = /mac|iphone|ipad/i.test(navigator.userAgent)

interface NavProps {
  readonly pages: readonly PageEntry[]
}

/** The navigation at the left of a wide screen. */
export function SideNav({ pages, onHelp }: NavProps & { onHelp: () => void }) {
  return (
    <nav aria-label="Pages" className={classes.side ?? ''}>
      <Brand />
      <UnstyledButton className={classes.search ?? ''} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <Text span inherit flex={1}>
          Search
        </Text>
        <Kbd size="xs">{IS_MAC ? '⌘' : 'Ctrl'} K</Kbd>
      </UnstyledButton>
      <div className={classes.links ?? ''}>
        {pages.map(({ to, label, icon: Icon }) => (
          <BareLink key={to} to={to} activeOptions={{ exact: to === '/' }} className={classes.link ?? ''}>
            <Icon size={19} stroke={1.7} aria-hidden />
            {label}
          </BareLink>
        ))}
        <ConflictsLink />
      </div>
      <div className={classes.foot ?? ''}>
        <LiveLine />
        <UserMenu onHelp={onHelp} />
      </div>
    </nav>
  )
}

/** What stands above the page on a phone. */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  const { company } = useSession()
  return (
    <section aria-label="Top bar" className={classes.top ?? ''}>
      <Brand />
      <Group gap={4} wrap="nowrap">
        <LiveDot />
        <ConflictsIcon />
        {company !== null && (
          <ActionIcon variant="subtle" color="gray" size={42} aria-label="New lead" onClick={openCreateLead}>
            <IconPlus size={21} />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" color="gray" size={42} aria-label="Search" onClick={openPalette}>
          <IconSearch size={21} />
        </ActionIcon>
        <UserMenu onHelp={onHelp} small />
      </Group>
    </section>
  )
}

/** The navigation under the thumb on a phone. */
export function BottomNav({ pages }: NavProps) {
  return (
    <nav aria-label="Pages, below" className={classes.bottom ?? ''}>
      {pages.map(({ to, label, icon: Icon }) => (
        <BareLink key={to} to={to} activeOptions={{ exact: to === '/' }} className={classes.tab ?? ''}>
          <Icon size={22} stroke={1.7} aria-hidden />
          {label}
        </BareLink>
      ))}
    </nav>
  )
}

function Brand() {
  return (
    <BareLink to="/" className={classes.brand ?? ''} activeProps={{}}>
      <img src="/icons/leadwright.svg" alt="" />
      Leadwright
    </BareLink>
  )
}

/** Stands among the pages while something waits there. */
function ConflictsLink() {
  const count = useConflictCount(useSession().company !== null)
  if (count === 0) return null
  return (
    <BareLink to="/conflicts" className={classes.link ?? ''}>
      <IconArrowsSplit2 size={19} stroke={1.7} aria-hidden />
      Conflicts
      <Badge ml="auto" size="sm" circle={count < 10} color="amber" variant="light" className="lw-number">
        {count}
      </Badge>
    </BareLink>
  )
}

/** The same on a phone, whose row of pages is full. */
function ConflictsIcon() {
  const count = useConflictCount(useSession().company !== null)
  if (count === 0) return null
  return (
    <IconLink to="/conflicts" variant="subtle" color="amber" size={42} aria-label={`Conflicts: ${count}`}>
      <Indicator label={count} size={16} color="amber" offset={2} className="lw-number">
        <IconArrowsSplit2 size={21} />
      </Indicator>
    </IconLink>
  )
}

const LIVE_WORDS = {
  live: 'Changes arrive live',
  connecting: 'Connecting…',
  offline: 'Not live: trying again',
} as const

function LiveLine() {
  const { company } = useSession()
  const state = useLiveState()
  if (company === null) return null
  return (
    <div className={classes.live ?? ''} role="status">
      <span className={classes.dot ?? ''} data-state={state} aria-hidden />
      {LIVE_WORDS[state]}
    </div>
  )
}

/** On a phone it shows only when something is wrong. */
function LiveDot() {
  const { company } = useSession()
  const state = useLiveState()
  if (company === null || state !== 'offline') return null
  return (
    <span role="status" className={classes.live ?? ''}>
      <span className={classes.dot ?? ''} data-state={state} aria-hidden />
      Not live
    </span>
  )
}
