import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Lead } from '../../api/types.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { fileUrl, isPicture } from './file-item.tsx'
import classes from './lead.module.css'

export interface PreviewDialogProps {
  readonly leadId: number
  /** Null while the dialog is closed. */
  readonly file: Lead['attachments'][number] | null
  readonly onClose: () => void
}

/** A picture or PDF in large. */
export function PreviewDialog({ leadId, file, onClose }: PreviewDialogProps) {
  return (
    <Dialog opened={file !== null} onClose={onClose} title={file?.filename ?? ''} size="min(1100px, 94vw)">
      {file !== null && (
        <>
          {isPicture(file) ? (
            <img className={classes.preview ?? ''} src={fileUrl(leadId, file, true)} alt={file.filename} />
          ) : (
            <iframe
              className={classes.preview ?? ''}
              src={`${fileUrl(leadId, file, true)}#navpanes=0&view=FitH`}
              title={file.filename}
            />
          )}
          <Group justify="flex-end" mt="md">
            <Button
              component="a"
              href={fileUrl(leadId, file, false)}
              download={file.filename}
              variant="default"
              leftSection={<IconDownload size={17} />}
            >
              Download
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  )
}
