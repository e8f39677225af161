import { Notifications } from '@mantine/notifications'

/** Where short news stand; what is said before this has come waits for it. */
export function Notices() {
  return <Notifications position="bottom-center" zIndex={500} limit={3} />
}
