import { Button, Paper, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { IconBuildingPlus, IconBuildingStore, IconSearch, IconSend } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import type { OperatorCompany } from '../../api/types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { lazyPart } from '../../ui/later.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import { CompanyRows } from './company-rows.tsx'
import { companiesQuery } from './queries.ts'

const AddCompanyDialog = lazyPart(() => import('./add-company-dialog.tsx'), 'AddCompanyDialog')
const OfferDialog = lazyPart(() => import('./offer-dialog.tsx'), 'OfferDialog')

const TYPING_MS = 250

/** Who runs the installation: its companies, and leads offered to them. */
export function OperatorPage() {
  const [isAdding, add] = useDisclosure(false)
  const [offeredTo, setOfferedTo] = useState<OperatorCompany | 'choose' | null>(null)
  return (
    <>
      <PageHeader
        title="Companies"
        subtitle="Everybody who works on this installation. Companies never see each other."
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconSend size={17} aria-hidden />}
              onClick={() => setOfferedTo('choose')}
            >
              Offer a lead
            </Button>
            <Button leftSection={<IconBuildingPlus size={17} aria-hidden />} onClick={add.open}>
              Add a company
            </Button>
          </>
        }
      />
      <Companies onOffer={setOfferedTo} onAdd={add.open} />
      <Suspense>
        {isAdding && <AddCompanyDialog onClose={add.close} />}
        {offeredTo !== null && (
          <OfferDialog company={offeredTo === 'choose' ? null : offeredTo} onClose={() => setOfferedTo(null)} />
        )}
      </Suspense>
    </>
  )
}

interface CompaniesProps {
  readonly onOffer: (company: OperatorCompany) => void
  readonly onAdd: () => void
}

function Companies({ onOffer, onAdd }: CompaniesProps) {
  const raw = useSearch({ strict: false })['q']
  const q = typeof raw === 'string' ? raw : ''
  const query = useInfiniteQuery({ ...companiesQuery(q), placeholderData: keepPreviousData })
  const companies = query.data?.pages.flatMap((page) => page.companies)
  return (
    <Stack gap="md">
      <CompanySearch q={q} />
      {companies === undefined ? (
        query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <ListSkeleton rows={6} height={60} />
        )
      ) : companies.length === 0 ? (
        <NoCompany q={q} onAdd={onAdd} />
      ) : (
        <>
          <CompanyRows companies={companies} onOffer={onOffer} />
          {query.hasNextPage && (
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
              style={{ alignSelf: 'center' }}
            >
              Show more
            </Button>
          )}
        </>
      )}
    </Stack>
  )
}

function CompanySearch({ q }: { q: string }) {
  const navigate = useNavigate()
  const [text, setText] = useState(q)
  const search = useDebouncedCallback((words: string) => {
    void navigate({ to: '/operator', search: words === '' ? {} : { q: words }, replace: true })
  }, TYPING_MS)
  return (
    <TextInput
      type="search"
      aria-label="Search companies"
      placeholder="Search by name"
      leftSection={<IconSearch size={16} aria-hidden />}
      maw={420}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value.trim())
      }}
    />
  )
}

function NoCompany({ q, onAdd }: { q: string; onAdd: () => void }) {
  return (
    <Paper withBorder radius="lg">
      {q === '' ? (
        <EmptyState
          icon={IconBuildingStore}
          title="No company yet"
          action={
            <Button variant="light" mt="sm" onClick={onAdd}>
              Add a company
            </Button>
          }
        >
          Add the first one with its admin: that person signs in, invites the others, and gets its leads here.
        </EmptyState>
      ) : (
        <EmptyState icon={IconSearch} title={`No company fits “${q}”`}>
          Try a part of the name.
        </EmptyState>
      )}
    </Paper>
  )
}
