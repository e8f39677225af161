import { useMutation } from '@tanstack/react-query'
import { editLead } from '../../api/queries/lead.ts'
import type { Lead, LeadEdit } from '../../api/types.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'

/** Saves one small change at once, and offers to take it back. */
export function useQuickEdit(lead: Lead, back: LeadEdit) {
  return useMutation({
    mutationFn: ({ edit }: { edit: LeadEdit; said: string }) => editLead(lead.id, edit),
    onSuccess: (_, { said }) => toastDone(said, { undo: () => void editLead(lead.id, back).catch(toastFailed) }),
    onError: (error) => toastFailed(error),
  })
}
