import { Group } from '@mantine/core'
import { useRouter, useSearch } from '@tanstack/react-router'
import { AnchorLink } from '../../ui/links.tsx'
import { OutsideFrame } from './outside-frame.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage() {
  const router = useRouter()
  const search = useSearch({ from: '/sign-in' })
  const done = () => router.history.push(localPath(search['return']))
  return (
    <OutsideFrame title="Sign in">
      <SignInForm
        email={null}
        onDone={done}
        aside={
          <Group justify="flex-end" mt={-8}>
            <AnchorLink to="/forgot-password" size="sm">
              Forgotten password?
            </AnchorLink>
          </Group>
        }
      />
    </OutsideFrame>
  )
}

/** The page that was wanted before the log-in; never an address elsewhere. */
function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string') return '/'
  const url = new URL(wanted, location.origin)
  if (url.origin !== location.origin || !wanted.startsWith('/')) return '/'
  // "/.//elsewhere" is a path that begins with two slashes, which by itself would name a host.
  return url.pathname.replace(/^\/+/, '/') + url.search + url.hash
}
