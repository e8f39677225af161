import { Type } from 'typebox'
import { Count, choice, Flag, Id, Instant, InstantOrNull, nullable, Text } from './parts.ts'

export const Role = choice(['operator', 'admin', 'member'])
/** A role within a company. */
export const CompanyRole = choice(['admin', 'member'])

/** `GET /v1/session`, and the answer to a complete log-in. `company` is null for an operator. */
export const Session = Type.Object({
  user: Type.Object({ id: Id, name: Text, email: Text, role: Role, twoFactor: Flag, digest: Flag }),
  company: nullable(Type.Object({ id: Id, name: Text, currency: Text, timeZone: Text })),
  /** Whether links of invitations and resets go out by e-mail. */
  mail: Flag,
})
/** Body of `POST /v1/session`. */
export const Login = Type.Object({ email: Text, password: Text })
/** Answer 202 of `POST /v1/session` when a second factor is needed: send it with a code to `POST /v1/session/two-factor`. */
export const TwoFactorChallenge = Type.Object({ challenge: Text })
/** `code`: six digits of the authenticator, or a recovery code. Answers a Session. */
export const TwoFactorLogin = Type.Object({ challenge: Text, code: Text })

/** Body of `POST /v1/password-resets`; the answer is 202 whether or not there is such a user. */
export const ResetRequest = Type.Object({ email: Text })
/** `mail`: whether a mail server is set; without one an operator makes the link at the command line. */
export const ResetAsked = Type.Object({ mail: Flag })
/** Body of `POST /v1/password-resets/{token}`. Answers 204, and ends every session of the user. */
export const ResetPassword = Type.Object({ password: Text })

/**
 * Body of `PATCH /v1/me`; a new password needs the current one. `digest`: a mail each morning about what waits; an operator
 * has none. Answers a Session.
 */
export const MeEdit = Type.Partial(Type.Object({ name: Text, currentPassword: Text, password: Text, digest: Flag }))
/** Body of `POST /v1/me/two-factor`. */
export const TwoFactorBegin = Type.Object({ password: Text })

/** Answer of `POST /v1/me/two-factor`: not active until confirmed. */
export const TwoFactorSetup = Type.Object({ secret: Text, uri: Text })
/** Body of `POST /v1/me/two-factor/confirm`; answers RecoveryCodes, shown once. */
export const TwoFactorConfirm = Type.Object({ code: Text })
export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Text) })
/** Body of `DELETE /v1/me/two-factor`. */
export const TwoFactorOff = Type.Object({ password: Text })

export const User = Type.Object({
  id: Id,
  name: Text,
  email: Text,
  role: CompanyRole,
  active: Flag,
  twoFactor: Flag,
  createdAt: Instant,
  lastSeenAt: InstantOrNull,
})
/** `GET /v1/users`: the company's users, also for members (they are assignees). */
export const Users = Type.Object({ users: Type.Array(User) })
/** Body of `PATCH /v1/users/{id}`, admins only. The last active admin can be neither demoted nor switched off. */
export const UserEdit = Type.Partial(Type.Object({ name: Text, role: CompanyRole, active: Flag }))

export const Invitation = Type.Object({
  id: Id,
  email: Text,
  role: CompanyRole,
  createdAt: Instant,
  expiresAt: Instant,
  invitedBy: Text,
})
export const Invitations = Type.Object({ invitations: Type.Array(Invitation) })
export const NewInvitation = Type.Object({ email: Text, role: CompanyRole })
/** `link` is shown this once, to be passed on by hand; `sent` says whether an e-mail carries it too. */
export const IssuedInvitation = Type.Object({ invitation: Invitation, link: Text, sent: Flag })
/** `GET /v1/invitations/by-token/{token}`, without credentials. */
export const OpenInvitation = Type.Object({ email: Text, company: Text, role: CompanyRole })
/** Body of `POST /v1/invitations/by-token/{token}`; answers a Session and signs in. */
export const AcceptInvitation = Type.Object({ name: Text, password: Text })

export const Token = Type.Object({
  id: Text,
  name: Text,
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: InstantOrNull,
  lastUsedAt: InstantOrNull,
})
export const Tokens = Type.Object({ tokens: Type.Array(Token) })
export const NewToken = Type.Object({ name: Text, days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })) })
/** `token` is shown this once. `example` is a ready curl command with it. */
export const IssuedToken = Type.Object({ id: Text, token: Text, expiresAt: Instant, example: Text })

export const RateGauge = Type.Object({
  window: Text,
  seconds: Count,
  limit: Count,
  used: Count,
  /** When the running window ends; null while none runs. */
  resetsAt: InstantOrNull,
})
export const ApiKey = Type.Object({
  id: Id,
  name: Text,
  hint: Text,
  createdAt: Instant,
  revokedAt: InstantOrNull,
  lastUsedAt: InstantOrNull,
  gauges: Type.Array(RateGauge),
})
export const ApiKeys = Type.Object({ apiKeys: Type.Array(ApiKey) })
export const NewApiKey = Type.Object({ name: Text })
/** `key` is shown this once. `example` is a ready curl command; the caller's password stands in it as a mark. */
export const IssuedApiKey = Type.Object({ id: Id, key: Text, example: Text })
