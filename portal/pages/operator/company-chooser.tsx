import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperatorCompany } from '../../api/types.ts'
import { companyChoicesQuery } from './queries.ts'

const TYPING_MS = 200

interface Props {
  /** The company that is chosen from the start, which a search would not bring. */
  readonly chosen: OperatorCompany | null
  readonly value?: string | null
  readonly onChange?: (id: string | null) => void
  readonly error?: React.ReactNode
  readonly 'data-path'?: string
}

/** One company out of very many: the server searches. */
export function CompanyChooser({ chosen, value = null, onChange, error, ...rest }: Props) {
  const [text, setText] = useState('')
  const [picked, setPicked] = useState(chosen)
  const [words] = useDebouncedValue(text === picked?.name ? '' : text.trim(), TYPING_MS)
  const { data: found = [], isFetching } = useQuery({
    ...companyChoicesQuery(words),
    placeholderData: keepPreviousData,
  })
  const known = picked === null || found.some(({ id }) => id === picked.id) ? found : [picked, ...found]
  return (
    <Select
      label="Company"
      required
      withAsterisk={false}
      searchable
      openOnFocus={false}
      placeholder="Search by name"
      data={known.map(({ id, name }) => ({ value: String(id), label: name }))}
      // The server has searched already.
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={value}
      onChange={(id) => {
        setPicked(known.find((company) => String(company.id) === id) ?? null)
        onChange?.(id)
      }}
      nothingFoundMessage={isFetching ? 'Searching' : 'No such company'}
      rightSection={isFetching ? <Loader size={14} aria-hidden /> : undefined}
      error={error}
      data-autofocus={chosen === null || undefined}
      {...rest}
    />
  )
}
