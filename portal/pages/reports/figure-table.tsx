import { Table } from '@mantine/core'
import { cellText } from './figures.ts'
import type { ReportTable } from './tables.ts'

interface Props {
  readonly caption: string
  readonly table: ReportTable
  readonly currency: string
}

const NAME_WIDTH = 110
const FIGURE_WIDTH = 68

/** The figures of a chart for reading. Its own scroll area can be reached by keyboard when it is wider than the card. */
export function FigureTable({ caption, table, currency }: Props) {
  return (
    <Table.ScrollContainer
      minWidth={NAME_WIDTH + (table.columns.length - 1) * FIGURE_WIDTH}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    >
      <Table striped withRowBorders={false} verticalSpacing={6} horizontalSpacing={6} fz="sm" aria-label={caption}>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map(({ label, kind }) => (
              <Table.Th key={label} scope="col" ta={kind === 'text' ? 'left' : 'right'}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row) => (
            <FigureRow key={String(row[0])} row={row} table={table} currency={currency} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function FigureRow({ row, table, currency }: Omit<Props, 'caption'> & { row: ReportTable['rows'][number] }) {
  const [first = null, ...figures] = row
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {cellText(first, 'text', currency)}
      </Table.Th>
      {figures.map((cell, index) => {
        const column = table.columns[index + 1]
        if (column === undefined) return null
        return (
          <Table.Td key={column.label} ta="right" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
            {cellText(cell, column.kind, currency)}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
}
