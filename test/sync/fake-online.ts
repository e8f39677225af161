import { type HostileServer, json, startHostile } from './hostile-server.ts'

type FakeLead = Readonly<Record<string, string | number | null>>

/** A ConstructionOnline of a few leads, that can be made odd. */
export interface FakeOnline {
  readonly baseUrl: string
  readonly leads: Map<string, FakeLead>
  /** Keys under which leads were to be made. */
  readonly keys: (string | string[] | undefined)[]
  /** What a creation is answered with. */
  made: FakeLead
  /** Lists asked for, and the most that were at one time. */
  readonly lists: { begun: number; most: number }
  /** Lists wait from now on, until they are let go, under a status. */
  hold(): void
  letGo(status?: number): void
  close(): Promise<void>
}

export const ANN: FakeLead = {
  ID: 7,
  FIRSTNAME: 'Ann',
  LASTNAME: 'Lee',
  DISPLAY_NAME: 'Ann Lee',
  EMAIL: 'ann@example.com',
  CITY: null,
  LEAD_NOTES: 'first',
}

export const BOB: FakeLead = {
  ...ANN,
  FIRSTNAME: 'Bob',
  LASTNAME: 'Ray',
  DISPLAY_NAME: 'Bob Ray',
  EMAIL: 'bob@example.com',
  LEAD_NOTES: 'of Bob',
}

export async function startFakeOnline(...leads: readonly FakeLead[]): Promise<FakeOnline> {
  let held = Promise.resolve(200)
  let release: (status: number) => void = () => undefined
  let open = 0
  const server: HostileServer = await startHostile(async (request, response) => {
    const answer = (body: unknown, status = 200) => json(status, body)(request, response)
    if (request.method === 'POST') {
      fake.keys.push(request.headers['idempotency-key'])
      return answer(fake.made)
    }
    const id = new URL(request.url ?? '/', 'http://fake').searchParams.get('id')
    if (request.method === 'PUT' && id !== null) {
      const lead = { ...fake.leads.get(id), ...(JSON.parse(server.last.body) as FakeLead) }
      fake.leads.set(id, lead)
      return answer(lead)
    }
    open += 1
    response.on('close', () => {
      open -= 1
    })
    fake.lists.begun += 1
    fake.lists.most = Math.max(fake.lists.most, open)
    const status = await held
    answer([...fake.leads.values()], status)
  })
  const fake: FakeOnline = {
    baseUrl: server.baseUrl,
    leads: new Map(leads.map((lead) => [String(lead['ID']), lead])),
    keys: [],
    made: ANN,
    lists: { begun: 0, most: 0 },
    hold() {
      held = new Promise((resolve) => {
        release = resolve
      })
    },
    letGo(status = 200) {
      held = Promise.resolve(200)
      release(status)
    },
    close: () => server.close(),
  }
  return fake
}
