import { refuse } from '../../core/errors.ts'
import { COMPANY_ROLES, type CompanyRole } from '../../store/credentials/users.ts'

/** A role within a company, or the refusal of another value. */
export function checkRole(value: unknown): CompanyRole {
  const role = COMPANY_ROLES.find((name) => name === value)
  return role ?? refuse('field.invalid', `{role} must be one of ${COMPANY_ROLES.join(', ')}.`, { field: 'role' })
}
