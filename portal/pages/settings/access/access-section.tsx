import { AdminNotice, SettingsSection } from '../kit/settings-section.tsx'
import { ApiKeysSection } from './api-keys-section.tsx'
import { TokensSection } from './tokens-section.tsx'

/** What programs call with. */
export function AccessSection({ canEdit }: { canEdit: boolean }) {
  if (canEdit) {
    return (
      <>
        <TokensSection />
        <ApiKeysSection />
      </>
    )
  }
  return (
    <SettingsSection title="API access" about="Tokens and keys let other programs read and change your leads.">
      <AdminNotice what="see, issue and revoke tokens and keys" />
    </SettingsSection>
  )
}
