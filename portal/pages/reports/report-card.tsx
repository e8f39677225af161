import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconTable } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { saveFile } from '../../save-file.ts'
import { csvName, toCsv } from './csv.ts'
import { FigureTable } from './figure-table.tsx'
import classes from './reports.module.css'
import { csvCell, csvHeader, type ReportTable } from './tables.ts'

export interface ReportFrame {
  readonly currency: string
  readonly from: string
  readonly to: string
}

interface Props {
  readonly title: string
  /** What the figures mean, in a sentence. */
  readonly about: string
  /** What the chart says, for those who do not see it. */
  readonly summary: string
  readonly table: ReportTable
  readonly frame: ReportFrame
  /** What to do so that there is something to see; shown in place of the chart. */
  readonly empty: string | null
  /** Over the whole width of the page. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/** One report: its chart, the same figures as a table, and the file of them. On paper the table is always there. */
export function ReportCard({ title, about, summary, table, frame, empty, wide = false, children }: Props) {
  const [isOpen, { toggle }] = useDisclosure(false)
  const tableId = useId()
  return (
    <Paper
      component="section"
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      radius="lg"
      className={`${classes.card} ${wide ? classes.wide : ''}`}
      aria-label={title}
    >
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text c="dimmed" size="sm" mt={2} mb="md" style={{ textWrap: 'pretty' }}>
        {about}
      </Text>
      {empty === null ? (
        <div className={classes.chart} role="img" aria-label={summary}>
          {children}
        </div>
      ) : (
        <Text className={classes.empty}>{empty}</Text>
      )}
      {empty === null && (
        <>
          <Group gap="xs" mt="sm" className={classes.tools ?? ''}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconTable size={16} aria-hidden />}
              aria-expanded={isOpen}
              aria-controls={tableId}
              onClick={toggle}
            >
              {isOpen ? 'Hide table' : 'Show table'}
            </Button>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconDownload size={16} aria-hidden />}
              aria-label={`Download “${title}” as CSV`}
              onClick={() => saveTable(title, table, frame)}
            >
              CSV
            </Button>
          </Group>
          <div id={tableId} className={classes.table} data-open={isOpen || undefined}>
            <FigureTable caption={title} table={table} currency={frame.currency} />
          </div>
        </>
      )}
    </Paper>
  )
}

function saveTable(title: string, { columns, rows }: ReportTable, { currency, from, to }: ReportFrame): void {
  const header = columns.map((column) => csvHeader(column, currency))
  const cells = rows.map((row) => row.map((cell, index) => csvCell(cell, columns[index]?.kind ?? 'text')))
  saveFile(csvName(title, from, to), 'text/csv;charset=utf-8', toCsv(header, cells))
}
