import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { acceptLead } from '../../api/queries/lead.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'

/** Accepts an offer, after which the customer's contact details are there. */
export function useAccept() {
  const router = useRouter()
  return useMutation({
    mutationFn: (id: number) => acceptLead(id),
    onSuccess: (lead) => {
      const path = `/leads/${lead.id}`
      const isThere = router.state.location.pathname === path
      const open = () => void router.navigate({ to: '/leads/$leadId', params: { leadId: String(lead.id) } })
      toastDone(
        `${lead.name} is yours: the contact details are open now.`,
        isThere ? {} : { next: { label: 'Open', run: open } },
      )
    },
    onError: (error) => toastFailed(error, 'The offer was not accepted'),
  })
}
