/** What one check of `doctor` found. */
export interface Finding {
  readonly check: string
  readonly ok: boolean
  readonly detail: string
}
