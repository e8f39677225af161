import { Box, Stack } from '@mantine/core'
import {
  IconAdjustments,
  IconArrowsExchange,
  IconBell,
  IconForms,
  IconHeartbeat,
  IconListDetails,
  IconPlugConnected,
  IconUser,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { type ComponentType, Suspense, useEffect, useRef } from 'react'
import { type CompanySettings, useCompany } from '../../api/queries/company.ts'
import { useSession } from '../../api/queries/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyPart } from '../../ui/later.tsx'
import { BareLink } from '../../ui/links.tsx'
import { PageHeader, usePageTitle } from '../../ui/page-header.tsx'
import { showFocused } from '../../ui/show-focused.ts'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import classes from './settings-page.module.css'

const AccessSection = lazyPart(() => import('./access/access-section.tsx'), 'AccessSection')
const CompanySection = lazyPart(() => import('./sections/company-section.tsx'), 'CompanySection')
const ConnectionsSection = lazyPart(() => import('./connections/connections-section.tsx'), 'ConnectionsSection')
const FollowUpSection = lazyPart(() => import('./sections/follow-up-section.tsx'), 'FollowUpSection')
const FormSection = lazyPart(() => import('./sections/form-section.tsx'), 'FormSection')
const HealthSection = lazyPart(() => import('./health/health-section.tsx'), 'HealthSection')
const ListsSection = lazyPart(() => import('./sections/lists-section.tsx'), 'ListsSection')
const ProfileSection = lazyPart(() => import('./sections/profile-section.tsx'), 'ProfileSection')
const UsersSection = lazyPart(() => import('./sections/users-section.tsx'), 'UsersSection')
const WebhooksSection = lazyPart(() => import('./webhooks/webhooks-section.tsx'), 'WebhooksSection')

const SECTIONS = [
  { path: 'profile', label: 'Profile', icon: IconUser },
  { path: 'company', label: 'Company', icon: IconAdjustments },
  { path: 'follow-up', label: 'Follow-up times', icon: IconBell },
  { path: 'lists', label: 'Lists', icon: IconListDetails },
  { path: 'users', label: 'Users', icon: IconUsers },
  { path: 'access', label: 'API access', icon: IconPlugConnected },
  { path: 'webhooks', label: 'Webhooks', icon: IconWebhook },
  { path: 'connections', label: 'Connections', icon: IconArrowsExchange },
  { path: 'form', label: 'Public form', icon: IconForms },
  { path: 'health', label: 'Deliveries and sync', icon: IconHeartbeat },
] as const

type SectionPath = (typeof SECTIONS)[number]['path']

/** All settings; the address names the part. An operator has a profile only. */
export function SettingsPage() {
  const params = useParams({ strict: false })
  const { company } = useSession()
  const known = company === null ? SECTIONS.slice(0, 1) : SECTIONS
  const section = known.find(({ path }) => path === params.section) ?? SECTIONS[0]
  const navRef = useRef<HTMLElement>(null)
  usePageTitle(`${section.label} · Settings`)
  useEffect(() => {
    // On a phone the parts stand in a row that may be longer than the screen.
    const current = navRef.current?.querySelector(`[data-part='${section.path}']`)
    current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [section.path])
  return (
    <>
      <PageHeader title="Settings" />
      <div className={classes.layout}>
        <nav aria-label="Settings" className={classes.nav} ref={navRef} onFocus={showFocused}>
          {known.map(({ path, label, icon: Icon }) => (
            <BareLink
              key={path}
              to="/settings/$section"
              params={{ section: path }}
              className={classes.link ?? ''}
              data-part={path}
              aria-current={path === section.path ? 'page' : undefined}
            >
              <Icon size={18} stroke={1.7} aria-hidden />
              {label}
            </BareLink>
          ))}
        </nav>
        <Stack gap="lg" className={classes.content ?? ''}>
          <Suspense key={section.path} fallback={<CardSkeleton lines={6} />}>
            <Section path={section.path} item={params.item} />
          </Suspense>
        </Stack>
      </div>
    </>
  )
}

interface CompanyPartProps {
  readonly company: CompanySettings
  readonly canEdit: boolean
}

const COMPANY_PARTS: { readonly [P in SectionPath]?: ComponentType<CompanyPartProps> } = {
  company: CompanySection,
  'follow-up': FollowUpSection,
  lists: ListsSection,
  form: FormSection,
}

function Section({ path, item }: { path: SectionPath; item: string | undefined }) {
  const canEdit = useSession().user.role === 'admin'
  const Part = COMPANY_PARTS[path]
  if (Part !== undefined) return <CompanyPart part={Part} canEdit={canEdit} />
  if (path === 'users') return <UsersSection canEdit={canEdit} />
  if (path === 'webhooks') return <WebhooksSection canEdit={canEdit} item={item} />
  if (path === 'connections') return <ConnectionsSection canEdit={canEdit} />
  if (path === 'access') return <AccessSection canEdit={canEdit} />
  if (path === 'health') return <HealthSection canEdit={canEdit} />
  return <ProfileSection />
}

function CompanyPart({ part: Part, canEdit }: { part: ComponentType<CompanyPartProps>; canEdit: boolean }) {
  const { data: company, error, refetch } = useCompany()
  if (company !== undefined) return <Part company={company} canEdit={canEdit} />
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <Box>
      <CardSkeleton lines={6} />
    </Box>
  )
}
