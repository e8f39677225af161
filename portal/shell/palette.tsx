import '@mantine/spotlight/styles.layer.css'
import { Center, Group, Loader, Text, useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import {
  IconDownload,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useFoundLeads } from '../api/queries/lead.ts'
import { useSignOut } from '../api/queries/session.ts'
import { formatPhone } from '../format.ts'
import { placeOf } from '../ui/lead-name.tsx'
import { StageBadge } from '../ui/stage-badge.tsx'
import { openCreateLead } from './create-lead-store.ts'
import { openLinkLead } from './link-lead-store.ts'
import type { PageEntry } from './pages.ts'
import classes from './palette.module.css'
import { offerPalette } from './palette-store.ts'

const TYPING_MS = 180
const [store, palette] = createSpotlight()

export interface PaletteProps {
  readonly pages: readonly PageEntry[]
  readonly hasLeads: boolean
  readonly onHelp: () => void
}

interface Command {
  readonly label: string
  readonly hint?: string
  readonly icon: ReactNode
  readonly run: () => void
}

/** Finds leads by any part of them, goes to pages and does what can be done from everywhere. */
export function Palette({ pages, hasLeads, onHelp }: PaletteProps) {
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), TYPING_MS)
  useEffect(() => {
    offerPalette(palette.open)
    palette.open()
  }, [])
  const matches = (commands: readonly Command[]) =>
    commands.filter(({ label, hint }) => `${label} ${hint ?? ''}`.toLowerCase().includes(query.trim().toLowerCase()))
  const goTo = usePageCommands(pages)
  const actions = useActions(hasLeads, onHelp)
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      // At the top, so that it stays where it is while what is found grows and shrinks.
      centered={false}
      yOffset="12dvh"
      overlayProps={{ backgroundOpacity: 0.4, blur: 2 }}
      maxHeight="min(70dvh, 560px)"
      scrollable
    >
      <Spotlight.Search
        placeholder={hasLeads ? 'Search leads by name, phone, e-mail or address, or type a command' : 'Type a command'}
        leftSection={<IconSearch size={20} stroke={1.6} />}
        aria-label="Search leads and commands"
        className={classes.search ?? ''}
      />
      <Spotlight.ActionsList className={classes.list ?? ''}>
        {hasLeads && asked.length > 1 && <FoundLeads asked={asked} isTyping={asked !== query.trim()} />}
        <CommandGroup label="Go to" commands={matches(goTo)} />
        <CommandGroup label="Do" commands={matches(actions)} />
        {!hasLeads && matches([...goTo, ...actions]).length === 0 && (
          <Spotlight.Empty>Nothing is called that.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function CommandGroup({ label, commands }: { label: string; commands: readonly Command[] }) {
  if (commands.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={label}>
      {commands.map((command) => (
        <Spotlight.Action
          key={command.label}
          label={command.label}
          description={command.hint ?? ''}
          leftSection={command.icon}
          onClick={command.run}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

function FoundLeads({ asked, isTyping }: { asked: string; isTyping: boolean }) {
  const navigate = useNavigate()
  const { data, isFetching, isError } = useFoundLeads(asked)
  if (isError) return <Spotlight.Empty>The leads could not be searched just now.</Spotlight.Empty>
  if (data === undefined || ((isFetching || isTyping) && data.length === 0)) {
    return (
      <Center p="md">
        <Loader size="sm" type="dots" role="status" aria-label="Searching" />
      </Center>
    )
  }
  return (
    <Spotlight.ActionsGroup label="Leads">
      {data.map((lead) => (
        <Spotlight.Action
          key={lead.id}
          onClick={() => void navigate({ to: '/leads/$leadId', params: { leadId: String(lead.id) } })}
        >
          <Group wrap="nowrap" gap="sm" w="100%">
            <IconUser size={19} stroke={1.6} aria-hidden />
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" fw={560} truncate>
                {lead.name}
              </Text>
              <Text size="xs" opacity={0.75} truncate>
                {[lead.category, placeOf(lead), lead.phone === null ? null : formatPhone(lead.phone)]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </Text>
            </div>
            <StageBadge stage={lead.boardStage} size="sm" />
          </Group>
        </Spotlight.Action>
      ))}
      {data.length === 0 && (
        <Text size="sm" c="dimmed" px="md" py="xs">
          No lead has “{asked}” in its name, phone, e-mail or address.
        </Text>
      )}
      {data.length > 0 && (
        <Spotlight.Action
          label={`All leads with “${asked}”`}
          leftSection={<IconSearch size={19} stroke={1.6} />}
          onClick={() => void navigate({ to: '/leads', search: { q: asked } })}
        />
      )}
    </Spotlight.ActionsGroup>
  )
}

function usePageCommands(pages: readonly PageEntry[]): Command[] {
  const navigate = useNavigate()
  return pages.map(({ to, label, hint, icon: Icon }) => ({
    label,
    hint,
    icon: <Icon size={19} stroke={1.6} />,
    run: () => void navigate({ to }),
  }))
}

function useActions(hasLeads: boolean, onHelp: () => void): Command[] {
  const signOut = useSignOut()
  const { setColorScheme } = useMantineColorScheme()
  const newLead = { label: 'New lead', icon: <IconPlus size={19} />, run: openCreateLead }
  const linkLead = {
    label: 'Accept or link a lead of RenovationFind',
    hint: 'By its number there',
    icon: <IconDownload size={19} />,
    run: openLinkLead,
  }
  return [
    ...(hasLeads ? [newLead, linkLead] : []),
    { label: 'Light colours', icon: <IconSun size={19} />, run: () => setColorScheme('light') },
    { label: 'Dark colours', icon: <IconMoon size={19} />, run: () => setColorScheme('dark') },
    { label: 'Keyboard shortcuts', icon: <IconKeyboard size={19} />, run: onHelp },
    { label: 'Sign out', icon: <IconLogout size={19} />, run: () => signOut.mutate() },
  ]
}
