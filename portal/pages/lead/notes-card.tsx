import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { Card } from './card.tsx'
import { EditInPlace } from './edit-in-place.tsx'
import { NOTES_FIELDS } from './fields.ts'
import classes from './lead.module.css'

/** The office's own words on a lead. */
export function NotesCard({ lead, canEdit }: { lead: Lead; canEdit: boolean }) {
  const [isEditing, setIsEditing] = useState(false)
  const edit = () => setIsEditing(true)
  if (!canEdit && lead.notes === null) return null
  return (
    <Card title="Notes" isEditing={isEditing} {...(canEdit && lead.notes !== null ? { onEdit: edit } : {})}>
      {isEditing && <EditInPlace lead={lead} fields={NOTES_FIELDS} label="Notes" onClose={() => setIsEditing(false)} />}
      {!isEditing && lead.notes !== null && (
        <Text size="sm" className={classes.typed ?? ''}>
          {lead.notes}
        </Text>
      )}
      {!isEditing && lead.notes === null && (
        <Button variant="subtle" size="sm" onClick={edit} ml={-18}>
          Write a note
        </Button>
      )}
    </Card>
  )
}
