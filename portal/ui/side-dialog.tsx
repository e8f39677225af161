import { Drawer, type DrawerProps } from '@mantine/core'
import { useFocusBack } from './focus-back.ts'

/** A dialog at the side, which gives the focus back as those in the middle do. */
export function SideDialog(props: DrawerProps) {
  useFocusBack(props.opened)
  return <Drawer {...props} returnFocus={false} />
}
