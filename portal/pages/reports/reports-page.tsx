import { Box, Button, Paper, Skeleton, Stack } from '@mantine/core'
import { IconChartBar, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSession } from '../../api/queries/session.ts'
import type { Statistics } from '../../api/types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ButtonLink } from '../../ui/links.tsx'
import { useCurrency } from '../../ui/money-text.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { daysText } from './figures.ts'
import { LossReport, LostReasonsReport, WinRateReport, WonByMonthReport } from './money-reports.tsx'
import { periodOf, type ReportSearch, readSearch, todayIn } from './period.ts'
import type { ReportFrame } from './report-card.tsx'
import { ReportFilters } from './report-filters.tsx'
import classes from './reports.module.css'
import { statisticsQuery } from './statistics-query.ts'
import { categoryName, ownSourceName, sourceName } from './tables.ts'
import { Totals } from './totals.tsx'
import { useLightPaper } from './use-light-paper.ts'
import { FirstContactReport, FunnelReport, TimePerStageReport } from './way-reports.tsx'

/** What became of the leads of a period: figures, charts, tables, files, and all of it on paper. */
export function ReportsPage() {
  const search = readSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const currency = useCurrency()
  const timeZone = useSession().company?.timeZone ?? 'UTC'
  useLightPaper()
  const today = todayIn(timeZone, new Date())
  const period = periodOf(search, today)
  const query = useQuery(statisticsQuery(period, search.assignee ?? null))
  const zone = timeZone.replaceAll('_', ' ')
  return (
    <Box className={classes.page ?? ''}>
      <PageHeader
        title="Reports"
        subtitle={`Leads that came ${daysText(period.from, period.to)} (days in ${zone})`}
        actions={
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            className={classes.tools ?? ''}
            onClick={() => window.print()}
          >
            Print
          </Button>
        }
      />
      <Stack gap="lg">
        <ReportFilters
          search={search}
          period={period}
          today={today}
          onChange={(next) => void navigate({ to: '/reports', search: { ...next }, replace: true })}
        />
        {query.data !== undefined ? (
          <Box aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? (classes.stale ?? '') : ''}>
            <Content statistics={query.data} frame={{ currency, ...period }} search={search} />
          </Box>
        ) : query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <ReportsSkeleton />
        )}
      </Stack>
    </Box>
  )
}

interface ContentProps {
  readonly statistics: Statistics
  readonly frame: ReportFrame
  readonly search: ReportSearch
}

function Content({ statistics, frame, search }: ContentProps) {
  if (statistics.totals.count === 0) return <NoLeads search={search} />
  const bySource = { breakdown: statistics.bySource, by: 'source', nameOf: sourceName, frame }
  const byOwnSource = { breakdown: statistics.bySourceLabel, by: 'your own source', nameOf: ownSourceName, frame }
  const byCategory = { breakdown: statistics.byCategory, by: 'category', nameOf: categoryName, frame }
  return (
    <Stack gap="lg">
      <Totals totals={statistics.totals} currency={frame.currency} />
      <div className={classes.grid}>
        <FunnelReport statistics={statistics} frame={frame} />
        <WonByMonthReport statistics={statistics} frame={frame} />
        <WinRateReport {...bySource} />
        <LossReport {...bySource} />
        {isUsed(statistics.bySourceLabel) && (
          <>
            <WinRateReport {...byOwnSource} />
            <LossReport {...byOwnSource} />
          </>
        )}
        <WinRateReport {...byCategory} />
        <LossReport {...byCategory} />
        <LostReasonsReport statistics={statistics} frame={frame} />
        <FirstContactReport statistics={statistics} frame={frame} />
        <TimePerStageReport statistics={statistics} frame={frame} />
      </div>
    </Stack>
  )
}

/** An office that names no sources of its own is not shown one bar of everything. */
function isUsed(breakdown: Statistics['bySourceLabel']): boolean {
  return breakdown.some(({ key }) => key.trim() !== '')
}

/** An empty period is most often too narrow a filter. */
function NoLeads({ search }: { search: ReportSearch }) {
  const isFiltered = search.assignee !== undefined
  const isWidest = search.period === undefined && search.from === undefined && !isFiltered
  return (
    <Paper withBorder radius="lg">
      <EmptyState
        icon={IconChartBar}
        title={isFiltered ? 'No lead of this person came in this period' : 'No lead came in this period'}
        action={
          isWidest ? (
            <ButtonLink to="/leads" variant="light" mt="sm">
              Go to the leads
            </ButtonLink>
          ) : (
            <ButtonLink to="/reports" search={{}} variant="light" mt="sm">
              Everybody, last 12 months
            </ButtonLink>
          )
        }
      >
        Reports count leads by the day they came. {isWidest ? 'The first one fills this page.' : 'Try a wider period.'}
      </EmptyState>
    </Paper>
  )
}

function ReportsSkeleton() {
  return (
    <Stack gap="lg" role="status" aria-label="Counting">
      <div className={classes.tiles}>
        {['leads', 'amount', 'rate', 'average'].map((tile) => (
          <Skeleton key={tile} h={112} radius="md" />
        ))}
      </div>
      <div className={classes.grid}>
        {['funnel', 'months', 'rates', 'losses'].map((card) => (
          <Skeleton key={card} h={420} radius="md" />
        ))}
      </div>
    </Stack>
  )
}
