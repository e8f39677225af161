import { ActionIcon, Anchor, Box, Text, UnstyledButton } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconFileZip, IconPhoto, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { apiUrl } from '../../api/client.ts'
import { removeAttachment } from '../../api/queries/lead.ts'
import type { Lead } from '../../api/types.ts'
import { formatBytes } from '../../format.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import classes from './lead.module.css'

type Attachment = Lead['attachments'][number]

/** What the server shows in place; everything else is downloaded. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])
const PDF = 'application/pdf'

export function isPicture(file: Attachment): boolean {
  return PICTURES.has(file.contentType)
}

export function canPreview(file: Attachment): boolean {
  return isPicture(file) || file.contentType === PDF
}

export function fileUrl(leadId: number, file: Attachment, inline: boolean): string {
  return apiUrl(`/leads/${leadId}/attachments/${file.id}`, inline ? { inline: 1 } : {})
}

export interface FileItemProps {
  readonly leadId: number
  readonly file: Attachment
  readonly canRemove: boolean
  readonly onShow: () => void
}

/** One attached file: a small picture of it, its name, and what can be done with it. */
export function FileItem({ leadId, file, canRemove, onShow }: FileItemProps) {
  const [isAsking, setIsAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => removeAttachment(leadId, file.id),
    onSuccess: () => toastDone(`${file.filename} is deleted.`),
    onError: (error) => toastFailed(error, 'The file was not deleted'),
    onSettled: () => setIsAsking(false),
  })
  return (
    <li className={classes.file ?? ''}>
      <div className={classes.thumb ?? ''} aria-hidden>
        {isPicture(file) ? (
          <img src={fileUrl(leadId, file, true)} alt="" loading="lazy" />
        ) : (
          <FileIcon type={file.contentType} />
        )}
      </div>
      <Box flex={1} miw={0}>
        {canPreview(file) ? (
          <UnstyledButton onClick={onShow} maw="100%">
            <Text size="sm" fw={560} truncate title={file.filename}>
              {file.filename}
            </Text>
          </UnstyledButton>
        ) : (
          <Anchor
            href={fileUrl(leadId, file, false)}
            download={file.filename}
            display="block"
            maw="100%"
            c="var(--mantine-color-text)"
          >
            <Text size="sm" fw={560} truncate title={file.filename}>
              {file.filename}
            </Text>
          </Anchor>
        )}
        <Text size="xs" c="dimmed" component="div">
          {formatBytes(file.sizeBytes)} · <TimeAgo at={file.uploadedAt} />
        </Text>
      </Box>
      {canRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          aria-label={`Delete ${file.filename}`}
          onClick={() => setIsAsking(true)}
        >
          <IconTrash size={17} />
        </ActionIcon>
      )}
      <ConfirmDialog
        opened={isAsking}
        title="Delete this file?"
        confirm="Delete"
        danger
        loading={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setIsAsking(false)}
      >
        {file.filename} is gone for good then.
      </ConfirmDialog>
    </li>
  )
}

function FileIcon({ type }: { type: string }) {
  if (type === PDF) return <IconFileTypePdf size={24} stroke={1.5} />
  if (type.startsWith('image/')) return <IconPhoto size={24} stroke={1.5} />
  return type.includes('zip') ? <IconFileZip size={24} stroke={1.5} /> : <IconFile size={24} stroke={1.5} />
}
