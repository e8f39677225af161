import { PageHeader } from '../../ui/page-header.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'

export function LeadsPage() {
  return (
    <>
      <PageHeader title="Leads" />
      <ListSkeleton />
    </>
  )
}
