import { PasswordField } from '../../ui/password-field.tsx'

export interface NewPasswordInputProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What the server refused. */
  readonly error?: string | null
  readonly label?: string
}

/** A password to be chosen; the server's rules are the ones that count. */
export function NewPasswordInput({ value, onChange, error = null, label = 'New password' }: NewPasswordInputProps) {
  return (
    <PasswordField
      label={label}
      description="At least 12 characters. A few words in a row are easy to remember."
      autoComplete="new-password"
      required
      withAsterisk={false}
      minLength={12}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
