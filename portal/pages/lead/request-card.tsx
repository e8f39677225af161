import { Skeleton, Text } from '@mantine/core'
import { Suspense, useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { lazyPart } from '../../ui/later.tsx'
import { SOURCE_WORDS } from '../../words.ts'
import { Card } from './card.tsx'
import { EditInPlace } from './edit-in-place.tsx'
import { Facts } from './facts.tsx'
import { REQUEST_FIELDS } from './fields.ts'
import classes from './lead.module.css'

// Most requests are plain text, and need no sanitiser.
const SafeHtml = lazyPart(() => import('./safe-html.tsx'), 'SafeHtml')

/** What the customer wants, in their own words. */
export function RequestCard({ lead, canEdit }: { lead: Lead; canEdit: boolean }) {
  const [isEditing, setIsEditing] = useState(false)
  if (isEditing) {
    return (
      <Card title="Request" isEditing>
        <EditInPlace lead={lead} fields={REQUEST_FIELDS} label="Request" onClose={() => setIsEditing(false)} />
      </Card>
    )
  }
  const { originalDescription: description, projectDetailsHtml: details } = lead
  const via = SOURCE_WORDS[lead.source]
  return (
    <Card title="Request" {...(canEdit ? { onEdit: () => setIsEditing(true) } : {})}>
      {description !== null && <RichText text={description} />}
      {details !== null && details !== description && <RichText text={details} />}
      {description === null && details === null && (
        <Text size="sm" c="dimmed" mb="sm">
          No description came with this lead.
        </Text>
      )}
      <Facts
        facts={[
          { label: 'Category', value: lead.category },
          { label: 'Came through', value: lead.sourceReference === null ? via : `${via} (${lead.sourceReference})` },
        ]}
      />
    </Card>
  )
}

/** Text from outside: plain with its line breaks, or HTML made harmless. */
function RichText({ text }: { text: string }) {
  if (!looksLikeHtml(text)) {
    return (
      <Text size="sm" mb="md" className={classes.typed ?? ''}>
        {text}
      </Text>
    )
  }
  return (
    <Suspense fallback={<Skeleton height={60} mb="md" />}>
      <SafeHtml text={text} />
    </Suspense>
  )
}

/** Whether a text is HTML at all; plain text keeps its line breaks. */
function looksLikeHtml(text: string): boolean {
  return /<[a-z!/][^>]*>/i.test(text)
}
