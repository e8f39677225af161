/** A demo company with everything that opens it. Only the demo's own secrets are ever held in the clear. */
export interface DemoCompany {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly token: string
  readonly apiKey: string
}
