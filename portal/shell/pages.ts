import {
  IconBuildingSkyscraper,
  IconChartBar,
  IconLayoutKanban,
  IconSettings,
  IconSun,
  IconTable,
} from '@tabler/icons-react'

export interface PageEntry {
  readonly to: '/' | '/board' | '/leads' | '/reports' | '/settings' | '/operator'
  readonly label: string
  readonly icon: typeof IconSun
  /** Pressed after g. */
  readonly letter: string
  readonly hint: string
}

/** What a company's user finds in the navigation. */
export const COMPANY_PAGES: readonly PageEntry[] = [
  { to: '/', label: 'Today', icon: IconSun, letter: 't', hint: 'What waits for you now' },
  { to: '/board', label: 'Board', icon: IconLayoutKanban, letter: 'b', hint: 'Leads by stage' },
  { to: '/leads', label: 'Leads', icon: IconTable, letter: 'l', hint: 'All leads, with filters' },
  { to: '/reports', label: 'Reports', icon: IconChartBar, letter: 'r', hint: 'Figures of the office' },
  { to: '/settings', label: 'Settings', icon: IconSettings, letter: 's', hint: 'Company, users, access' },
]

export const OPERATOR_PAGES: readonly PageEntry[] = [
  { to: '/operator', label: 'Companies', icon: IconBuildingSkyscraper, letter: 'o', hint: 'All companies' },
]
