import { PageHeader } from '../../ui/page-header.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'

export function LeadPage() {
  return (
    <>
      <PageHeader title="Lead" />
      <ListSkeleton />
    </>
  )
}
