// Connects the first company of the demo to the second one, as to its ConstructionOnline account, and has both sides
// change the same fields, so that pictures show a connection at work and what it could not decide.
import type { DemoFile } from '../../test/support/child-server.ts'
import { type Caller, caller, type Json, until } from './demo-caller.ts'

type Company = DemoFile['companies'][number]

/** Gives the address of a lead with conflicts. */
export async function connectDemo(baseUrl: string, ours: Company, theirs: Company): Promise<string> {
  const here = caller(baseUrl, ours.token)
  const there = caller(baseUrl, theirs.token)
  const { email, password, apiKey } = theirs
  const account = { kind: 'constructiononline', baseUrl, fieldRules: { '*': 'ask', notes: 'newest' } }
  const credentials = { email, password, apiKey }
  const { id } = await here('POST', '/connections', { ...account, name: 'Head office', credentials, pushNew: false })
  await until(async () => (await here('GET', `/connections/${id}`))['importedAt'] !== null)
  await here('PATCH', `/connections/${id}`, { enabled: false })
  const [leadId] = await diverge(here, there)
  await here('PATCH', `/connections/${id}`, { enabled: true })
  await until(async () => Number((await here('GET', '/conflicts'))['openCount']) > 2)
  await here('POST', '/connections', {
    ...account,
    name: 'Branch in Red Deer',
    credentials: { ...credentials, password: 'not the right one' },
  })
  await here('POST', '/connections', {
    kind: 'renovationfind',
    baseUrl,
    credentials: { token: theirs.token },
    enabled: false,
  })
  await until(async () => {
    const { connections } = await here('GET', '/connections')
    return (connections as Json[]).some(({ lastError }) => lastError !== null)
  })
  return `/leads/${leadId}`
}

/** Both sides change the same fields of two leads; gives the leads here. */
async function diverge(here: Caller, there: Caller): Promise<number[]> {
  const leads = (await here('GET', '/leads?source=constructiononline&limit=200'))['leads'] as { id: number }[]
  const linked: number[] = []
  for (const { id } of leads) {
    const links = (await here('GET', `/leads/${id}/links`))['links'] as { upstreamId: string | null }[]
    const upstreamId = links[0]?.upstreamId ?? null
    if (upstreamId === null) continue
    await here('PATCH', `/leads/${id}`, {
      phone: `780-555-019${linked.length}`,
      city: 'Cochrane',
      stage: 'Second visit',
    })
    await there('PATCH', `/leads/${upstreamId}`, { phone: `587-555-010${linked.length}`, city: 'Airdrie' })
    if (linked.push(id) === 2) break
  }
  return linked
}
