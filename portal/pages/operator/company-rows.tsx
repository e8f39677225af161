import { Button, Paper, Table, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import type { OperatorCompany } from '../../api/types.ts'
import { formatCount, formatInstant } from '../../format.ts'
import { counted } from '../reports/figures.ts'

interface Props {
  readonly companies: readonly OperatorCompany[]
  readonly onOffer: (company: OperatorCompany) => void
}

export function CompanyRows({ companies, onOffer }: Props) {
  return (
    <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Company</Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              Users
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              Leads
            </Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              Added
            </Table.Th>
            <Table.Th scope="col">
              <span className="lw-unseen">Offer</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {companies.map((company) => (
            <Table.Tr key={company.id}>
              <Table.Th scope="row" fw={600} style={{ overflowWrap: 'anywhere' }}>
                {company.name}
                <Text size="xs" c="dimmed" hiddenFrom="sm" fw={400}>
                  {counted(company.users, 'user')} · {counted(company.leads, 'lead')}
                </Text>
              </Table.Th>
              <Table.Td ta="right" visibleFrom="sm" className="lw-number">
                {formatCount(company.users)}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm" className="lw-number">
                {formatCount(company.leads)}
              </Table.Td>
              <Table.Td visibleFrom="md">{formatInstant(company.createdAt)}</Table.Td>
              <Table.Td ta="right">
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconSend size={15} aria-hidden />}
                  aria-label={`Offer a lead to ${company.name}`}
                  onClick={() => onOffer(company)}
                >
                  Offer
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
