import { describe, expect, test } from 'vitest'
import { badPairs, badTokens } from './bad-credentials.ts'
import { ENDPOINTS, type Face, LEAD_ENDPOINTS, type Target } from './endpoints.ts'
import { credentialsFor, faultsOf, makeStage, refusalFault, targetOf, writingNothing } from './stage.ts'

const stage = await makeStage()
const { server, mine, theirs } = stage
const BAD: Readonly<Record<Face, Awaited<ReturnType<typeof badTokens>>>> = {
  renovationfind: await badTokens(server, mine.company, theirs.company),
  constructiononline: await badPairs(server, mine.company, theirs.company),
}

describe.each(ENDPOINTS)('$face $name', (endpoint) => {
  const { face, method, path, body, type, needs } = endpoint
  const typed = type === undefined ? {} : { 'content-type': type }
  const sent = { method, path: path(targetOf(endpoint, mine)), ...(body === undefined ? {} : { body }) }

  test('answers every bad credential with 401 in its own form, with a challenge, and writes nothing', async () => {
    const faults = await writingNothing(stage, () =>
      faultsOf(BAD[face], async ({ headers }) => {
        await stage.forgetFailedLogins()
        return refusalFault(face, await stage.send({ ...sent, headers: { ...typed, ...headers } }), [401])
      }),
    )
    expect(faults).toEqual([])
  })

  test('tells a stranger with good credentials nothing of my leads, and lets him change none', async () => {
    const before = await stage.rows(mine.company.companyId)
    const headers = { ...typed, ...credentialsFor(face, theirs.company) }
    const answer = await stage.send({ ...sent, headers })
    if (needs === 'nothing') expect(answer.status).toBe(endpoint.success)
    else expect(refusalFault(face, answer, [404])).toBe('')
    // An answer that shows my id or an unknown one is the same for every id, so it can only be in the data.
    for (const { lead } of [mine.offered, mine.accepted]) expect(answer.text).not.toContain(`${lead}`)
    expect(await stage.rows(mine.company.companyId)).toEqual(before)
  })

  test('succeeds with the right credentials, and changes the store exactly when it is a write', async () => {
    const target = await stage.freshTarget(endpoint)
    const before = await stage.rows()
    const answer = await stage.call(endpoint, { target })
    expect(answer.status).toBe(endpoint.success)
    const after = await stage.rows()
    if (endpoint.writes) expect(after).not.toEqual(before)
    else expect(after).toEqual(before)
  })
})

describe.each(LEAD_ENDPOINTS)('$face $name', (endpoint) => {
  test('answers another company’s lead exactly as one that is not there', async () => {
    const unknown: Target = { lead: 999_999_999_999, attachment: 999_999_999_999 }
    const answers = [targetOf(endpoint, theirs), unknown].map((target) => stage.call(endpoint, { target }))
    const [foreign, absent] = await writingNothing(stage, () => Promise.all(answers))
    expect([foreign?.status, foreign?.text]).toEqual([404, absent?.text])
  })
})

test('a file is not found through another lead of the same company', async () => {
  const { attachment } = mine.accepted
  const endpoints = LEAD_ENDPOINTS.filter(({ name }) => name.endsWith(' attachment'))
  const faults = await writingNothing(stage, () =>
    faultsOf(endpoints, async (endpoint) => {
      const other = { lead: mine.offered.lead, attachment }
      return refusalFault(endpoint.face, await stage.call(endpoint, { target: other }), [404])
    }),
  )
  expect(faults).toEqual([])
})
