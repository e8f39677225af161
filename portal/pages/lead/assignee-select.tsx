import { Select } from '@mantine/core'
import { useUsers } from '../../api/queries/company.ts'
import { useSession } from '../../api/queries/session.ts'
import type { Lead } from '../../api/types.ts'
import { fieldWord } from '../../words-fields.ts'
import { useQuickEdit } from './use-quick-edit.ts'

const NOBODY = 'none'

/** Whose the lead is; saved as soon as it is chosen. */
export function AssigneeSelect({ lead, disabled }: { lead: Lead; disabled: boolean }) {
  const { user } = useSession()
  const users = useUsers()
  const edit = useQuickEdit(lead, { assigneeId: lead.assignee?.id ?? null })
  const current = lead.assignee
  const known = users.data?.filter(({ active, id }) => active || id === current?.id) ?? []
  const listed = current !== null && !known.some(({ id }) => id === current.id) ? [...known, current] : known
  const data = [
    { value: NOBODY, label: 'Nobody' },
    ...listed.map(({ id, name }) => ({ value: String(id), label: id === user.id ? `${name} (you)` : name })),
  ]
  const choose = (value: string | null) => {
    const id = value === null || value === NOBODY ? null : Number(value)
    if (id === (current?.id ?? null)) return
    const name = listed.find((each) => each.id === id)?.name
    edit.mutate({ edit: { assigneeId: id }, said: name === undefined ? 'Assigned to nobody.' : `Assigned to ${name}.` })
  }
  return (
    <Select
      label={fieldWord('assignee')}
      data={data}
      value={current === null ? NOBODY : String(current.id)}
      onChange={choose}
      allowDeselect={false}
      searchable={data.length > 8}
      disabled={disabled || edit.isPending}
    />
  )
}
