import { notifications } from '@mantine/notifications'

const READING_MS = 8000

/** Says why something cannot be; nothing has failed. */
export function toastExplained(title: string, message: string): void {
  notifications.show({ title, message, color: 'amber', autoClose: READING_MS })
}
