import { Suspense } from 'react'
import { putLead } from '../../api/queries/lead.ts'
import type { Lead, LeadCard } from '../../api/types.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { lazyPart } from '../../ui/later.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { STATUS_WORDS } from '../../words.ts'

const StatusForm = lazyPart(() => import('../status-form/status-form.tsx'), 'StatusForm')

export interface ReportDialogProps {
  /** The lead to report on; null while the dialog is closed. */
  readonly lead: Lead | LeadCard | null
  readonly onClose: () => void
}

/** The status form in a dialog of its own. */
export function ReportDialog({ lead, onClose }: ReportDialogProps) {
  const done = (after: Lead) => {
    putLead(after)
    toastDone(`${after.name}: ${STATUS_WORDS[after.status].toLowerCase()}.`)
    onClose()
  }
  return (
    <Dialog opened={lead !== null} onClose={onClose} title={lead === null ? '' : `Report: ${lead.name}`}>
      {lead !== null && (
        <Suspense fallback={<ListSkeleton rows={2} height={40} />}>
          <StatusForm lead={lead} onDone={done} onCancel={onClose} />
        </Suspense>
      )}
    </Dialog>
  )
}
