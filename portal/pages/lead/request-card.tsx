import { Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { SOURCE_WORDS } from '../../words.ts'
import { Card } from './card.tsx'
import { cleanHtml, looksLikeHtml } from './clean-html.ts'
import { EditForm } from './edit-form.tsx'
import { Facts } from './facts.tsx'
import { REQUEST_FIELDS } from './fields.ts'
import classes from './lead.module.css'

/** What the customer wants, in their own words. */
export function RequestCard({ lead, canEdit }: { lead: Lead; canEdit: boolean }) {
  const [isEditing, setIsEditing] = useState(false)
  if (isEditing) {
    return (
      <Card title="Request" place={3} isEditing>
        <EditForm lead={lead} fields={REQUEST_FIELDS} label="Request" onClose={() => setIsEditing(false)} />
      </Card>
    )
  }
  const { originalDescription: description, projectDetailsHtml: details } = lead
  const via = SOURCE_WORDS[lead.source]
  return (
    <Card title="Request" place={3} {...(canEdit ? { onEdit: () => setIsEditing(true) } : {})}>
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
  const html = useMemo(() => (looksLikeHtml(text) ? cleanHtml(text) : null), [text])
  if (html === null) {
    return (
      <Text size="sm" mb="md" className={classes.typed ?? ''}>
        {text}
      </Text>
    )
  }
  return <SafeHtml html={html} />
}

/** Puts sanitised HTML into the page; `html` must come from cleanHtml. */
function SafeHtml({ html }: { html: string }) {
  const show = (element: HTMLDivElement | null) => {
    if (element !== null) element.innerHTML = html
  }
  return <div ref={show} className={`${classes.html} ${classes.spaced}`} />
}
