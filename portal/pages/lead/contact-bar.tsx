import { Button } from '@mantine/core'
import { IconMail, IconMapPin, IconMessage, IconPhone } from '@tabler/icons-react'
import type { Lead } from '../../api/types.ts'
import { formatPhone, mailLink, phoneLink } from '../../format.ts'
import classes from './lead.module.css'

/** The ways to the customer: call, text, write, drive. Nothing when no way is known. */
export function ContactBar({ lead }: { lead: Lead }) {
  const phone = lead.mobilePhone ?? lead.phone
  const map = mapLink(lead)
  if (phone === null && lead.email === null && map === null) return null
  return (
    <div className={classes.contacts ?? ''}>
      {phone !== null && (
        <>
          <Button component="a" href={phoneLink(phone)} leftSection={<IconPhone size={17} />} variant="light">
            Call {formatPhone(phone)}
          </Button>
          <Button
            component="a"
            href={`sms:${phoneLink(phone).slice(4)}`}
            leftSection={<IconMessage size={17} />}
            variant="default"
          >
            Text
          </Button>
        </>
      )}
      {lead.email !== null && (
        <Button component="a" href={mailLink(lead.email)} leftSection={<IconMail size={17} />} variant="default">
          E-mail
        </Button>
      )}
      {map !== null && (
        <Button
          component="a"
          href={map}
          target="_blank"
          rel="noopener noreferrer"
          leftSection={<IconMapPin size={17} />}
          variant="default"
        >
          Map
        </Button>
      )}
    </div>
  )
}

/** One line with the whole address; null when there is none. */
export function addressOf({ address, city, state, zip, country }: Lead): string | null {
  const place = [state, zip].filter((part) => part !== null).join(' ')
  const parts = [address, city, place, country].filter((part) => part !== null && part !== '')
  return parts.length === 0 ? null : parts.join(', ')
}

/** Opens in the phone's own map. */
export function mapLink(lead: Lead): string | null {
  const address = addressOf(lead)
  return address === null ? null : `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(address)}`
}

/** Only web addresses become links: anything else could run when it is pressed. */
export function webLink(website: string): string | null {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}
