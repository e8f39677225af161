import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** The library's input, which by itself tells only the eye that its value was refused. */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} {...props} />
}
