import { Button, Group, Text } from '@mantine/core'
import { IconDownload, IconExternalLink } from '@tabler/icons-react'
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
            <PdfPreview src={`${fileUrl(leadId, file, true)}#navpanes=0&view=FitH`} title={file.filename} />
          )}
          <Group justify="flex-end" gap="xs" mt="md">
            <Button
              component="a"
              href={fileUrl(leadId, file, true)}
              target="_blank"
              rel="noopener noreferrer"
              variant="default"
              leftSection={<IconExternalLink size={17} aria-hidden />}
            >
              Open in a new tab
            </Button>
            <Button
              component="a"
              href={fileUrl(leadId, file, false)}
              download={file.filename}
              variant="default"
              leftSection={<IconDownload size={17} aria-hidden />}
            >
              Download
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  )
}

/**
 * Browsers of phones have no viewer that would fit into a page: an empty frame would stand there. Some show the first
 * page alone, which is why a tab of its own is offered in every browser.
 */
function PdfPreview({ src, title }: { readonly src: string; readonly title: string }) {
  if (navigator.pdfViewerEnabled) return <iframe className={classes.preview ?? ''} src={src} title={title} />
  return <Text c="dimmed">This browser shows no PDF within a page. Open it in a new tab, or download it.</Text>
}
