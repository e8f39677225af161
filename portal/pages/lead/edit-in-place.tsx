import { Suspense } from 'react'
import { lazyPart } from '../../ui/later.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import type { EditFormProps } from './edit-form.tsx'

const EditForm = lazyPart(() => import('./edit-form.tsx'), 'EditForm')

/** The form that a card turns into; its code comes with the first one. */
export function EditInPlace(props: EditFormProps) {
  return (
    <Suspense fallback={<ListSkeleton rows={2} height={40} />}>
      <EditForm {...props} />
    </Suspense>
  )
}
