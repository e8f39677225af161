import type { Credentials } from '../../core/sync/connection-settings.ts'
import type { Connector, UpstreamCall } from './connector.ts'
import { makeConstructionOnlineConnector } from './constructiononline/connector.ts'
import { makeRenovationFindConnector } from './renovationfind/connector.ts'

/** The connector of an account's kind. A service more is a folder more, and a line here. */
export function makeConnector(credentials: Credentials, call: UpstreamCall): Connector {
  switch (credentials.kind) {
    case 'constructiononline':
      return makeConstructionOnlineConnector(credentials, call)
    case 'renovationfind':
      return makeRenovationFindConnector(credentials, call)
  }
}
