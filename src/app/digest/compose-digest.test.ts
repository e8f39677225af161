import { expect, it } from 'vitest'
import { composeDigest } from './compose-digest.ts'
import type { Digest, DigestList } from './read-digest.ts'

const NONE: DigestList = { count: 0, countIsExact: true, leads: [] }
const LEAD = {
  lead: { id: 7, companyId: 1, action: 'ACCEPTED', displayName: 'Ana Maria', category: 'Roofing' },
  stageSince: '2026-01-01T00:00:00.000Z',
  assigneeName: null,
} as unknown as DigestList['leads'][number]

it('says that there are more than it counted', () => {
  const digest: Digest = {
    requiresAction: { count: 1000, countIsExact: false, leads: [LEAD] },
    nextActions: NONE,
    offers: { count: 1, countIsExact: true, leads: [LEAD] },
  }
  const reader = { name: 'Robin', email: 'robin@example.com', companyName: 'Oak & Elm', id: 'one' }
  const message = composeDigest(digest, reader, 'https://desk.example')
  expect(message?.subject).toBe('Oak & Elm today: 1000+ require action, 1 offer')
  expect(message?.text).toContain('Require action (1000+)')
  expect(message?.text).toContain('- and 999+ more\n')
  expect(message?.text).toContain('Offers waiting for an answer (1)')
})
