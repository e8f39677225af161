import { Modal, type ModalProps } from '@mantine/core'
import { useFocusBack } from './focus-back.ts'

/** A dialog in the middle. The library gives the focus back only where a dialog is in the page before it opens. */
export function Dialog(props: ModalProps) {
  useFocusBack(props.opened)
  return <Modal {...props} returnFocus={false} />
}
