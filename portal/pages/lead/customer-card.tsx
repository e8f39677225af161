import { Anchor, Text } from '@mantine/core'
import { useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { formatPhone, mailLink, phoneLink } from '../../format.ts'
import { fieldWord } from '../../words-fields.ts'
import { Card } from './card.tsx'
import { addressOf, mapLink, webLink } from './contact-bar.tsx'
import { EditInPlace } from './edit-in-place.tsx'
import { type Fact, Facts } from './facts.tsx'
import { CUSTOMER_FIELDS, MORE_CUSTOMER_FIELDS } from './fields.ts'

/** Who asks, and how to reach them. */
export function CustomerCard({ lead, canEdit }: { lead: Lead; canEdit: boolean }) {
  const [isEditing, setIsEditing] = useState(false)
  if (isEditing) {
    return (
      <Card title="Customer" isEditing>
        <EditInPlace
          lead={lead}
          fields={CUSTOMER_FIELDS}
          more={MORE_CUSTOMER_FIELDS}
          label="Customer"
          onClose={() => setIsEditing(false)}
        />
      </Card>
    )
  }
  const facts = factsOf(lead)
  const isEmpty = facts.every(({ value }) => value === null)
  return (
    <Card title="Customer" {...(canEdit ? { onEdit: () => setIsEditing(true) } : {})}>
      {isEmpty ? (
        <Text size="sm" c="dimmed">
          Nothing is known of the customer yet.
        </Text>
      ) : (
        <Facts facts={facts} />
      )}
    </Card>
  )
}

function factsOf(lead: Lead): Fact[] {
  const person = [lead.firstName, lead.middleName, lead.lastName].filter((part) => part !== null).join(' ')
  return [
    { label: 'Name', value: person === '' ? null : person },
    { label: 'Shown as', value: lead.displayName === person ? null : lead.displayName },
    { label: 'Company', value: lead.customerCompany },
    { label: 'Phone', value: phoneFact(lead.phone) },
    { label: 'Mobile', value: phoneFact(lead.mobilePhone) },
    {
      label: 'E-mail',
      value:
        lead.email === null ? null : (
          <Anchor href={mailLink(lead.email)} inherit>
            {lead.email}
          </Anchor>
        ),
    },
    { label: 'Address', value: addressFact(lead) },
    { label: 'Website', value: websiteFact(lead.website) },
    ...MORE_CUSTOMER_FIELDS.filter(({ name }) => name !== 'middleName').map(({ name }) => ({
      label: fieldWord(name),
      value: lead[name] ?? null,
    })),
  ]
}

function phoneFact(phone: string | null) {
  if (phone === null) return null
  return (
    <Anchor href={phoneLink(phone)} inherit className="lw-number">
      {formatPhone(phone)}
    </Anchor>
  )
}

function addressFact(lead: Lead) {
  const map = mapLink(lead)
  if (map === null) return null
  return (
    <Anchor href={map} target="_blank" rel="noopener noreferrer" inherit>
      {addressOf(lead)}
    </Anchor>
  )
}

function websiteFact(website: string | null) {
  const link = website === null ? null : webLink(website)
  if (link === null) return website
  return (
    <Anchor href={link} target="_blank" rel="noopener noreferrer" inherit>
      {website}
    </Anchor>
  )
}
