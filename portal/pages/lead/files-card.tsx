import { Alert, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core'
import { IconCamera, IconPaperclip } from '@tabler/icons-react'
import { useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { Card } from './card.tsx'
import { FileItem } from './file-item.tsx'
import classes from './lead.module.css'
import { PreviewDialog } from './preview-dialog.tsx'
import { useDroppedFiles, usePastedFiles } from './use-incoming-files.ts'
import { type Upload, useUploads } from './use-uploads.ts'

type Attachment = Lead['attachments'][number]

/** The lead's files, and the ways to add one: choose, drop, paste, photograph. */
export function FilesCard({ lead, canAttach }: { lead: Lead; canAttach: boolean }) {
  const { uploads, start, dismiss } = useUploads(lead.id)
  const [shown, setShown] = useState<Attachment | null>(null)
  const add = (files: readonly File[]) => {
    if (files.length > 0) void start(files)
  }
  usePastedFiles(canAttach, add)
  return (
    <Card title="Files" id="files">
      {lead.attachments.length > 0 && (
        <ul className={classes.files ?? ''}>
          {lead.attachments.map((file) => (
            <FileItem key={file.id} leadId={lead.id} file={file} canRemove={canAttach} onShow={() => setShown(file)} />
          ))}
        </ul>
      )}
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} onDismiss={() => dismiss(upload.id)} />
      ))}
      {canAttach ? (
        <DropPlace onFiles={add} />
      ) : (
        lead.attachments.length === 0 && (
          <Text size="sm" c="dimmed">
            No files.
          </Text>
        )
      )}
      <PreviewDialog leadId={lead.id} file={shown} onClose={() => setShown(null)} />
    </Card>
  )
}

function DropPlace({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const isOver = useDroppedFiles(onFiles)
  return (
    <fieldset aria-label="Add files" className={classes.drop ?? ''} {...(isOver ? { 'data-over': true } : {})}>
      <Group justify="center" gap="xs">
        <FileButton multiple onChange={onFiles} inputProps={{ 'aria-label': 'Choose files to attach' }}>
          {(props) => (
            <Button {...props} variant="default" size="sm" leftSection={<IconPaperclip size={17} />}>
              Choose files
            </Button>
          )}
        </FileButton>
        <FileButton
          accept="image/*"
          capture="environment"
          onChange={(file) => onFiles(file === null ? [] : [file])}
          inputProps={{ 'aria-label': 'Take a photo to attach' }}
        >
          {(props) => (
            <Button {...props} variant="default" size="sm" hiddenFrom="md" leftSection={<IconCamera size={17} />}>
              Take a photo
            </Button>
          )}
        </FileButton>
      </Group>
      <Text size="xs" c="dimmed" mt="xs" visibleFrom="md">
        Or drop files anywhere on this page, or paste a picture.
      </Text>
    </fieldset>
  )
}

function UploadLine({ upload, onDismiss }: { upload: Upload; onDismiss: () => void }) {
  if (upload.error !== null) {
    return (
      <Alert
        color="red"
        variant="light"
        mb="sm"
        p="sm"
        role="alert"
        title={`${upload.name} was not attached`}
        withCloseButton
        onClose={onDismiss}
        closeButtonLabel="Dismiss"
      >
        {upload.error}
      </Alert>
    )
  }
  const percent = Math.round(upload.part * 100)
  return (
    <Stack gap={4} mb="sm">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" truncate>
          {upload.name}
        </Text>
        <Text size="xs" c="dimmed" className="lw-number">
          {percent}%
        </Text>
      </Group>
      <Progress value={percent} aria-label={`Sending ${upload.name}`} />
    </Stack>
  )
}
