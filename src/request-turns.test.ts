import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginInTurns } from './request-turns.ts'

interface Begun {
  readonly path: string
  readonly turn: number
}

let server: Server
let begun: Begun[]
let ticking: NodeJS.Immediate
const sockets: Socket[] = []

beforeEach(async () => {
  begun = []
  let turn = 0
  const tick = () => {
    turn += 1
    ticking = setImmediate(tick)
  }
  tick()
  server = createServer(({ url: path = '' }, response) => {
    begun.push({ path, turn })
    response.end(path)
  })
  beginInTurns(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(() => {
  clearImmediate(ticking)
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close()
})

async function open(): Promise<Socket> {
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

function get(socket: Socket, path: string): void {
  socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`)
}

/** Resolves when the connection has had an answer that ends so. */
function answered(socket: Socket, path: string): Promise<void> {
  return new Promise((resolve) => {
    socket.on('data', (data) => {
      if (String(data).endsWith(path)) resolve()
    })
  })
}

async function greet(socket: Socket, path: string): Promise<void> {
  const done = answered(socket, path)
  get(socket, path)
  await done
}

describe('requests in turns', () => {
  it('begin in order, at most eight in a turn, and all of them', async () => {
    const paths = Array.from({ length: 50 }, (_, i) => `/${i}`)
    const clients = await Promise.all(paths.map(open))
    await Promise.all(clients.map((client, i) => greet(client, `/greeting-${i}`)))
    begun.length = 0
    // The server knows all connections by now, and finds a request on each of them when it next looks.
    for (const [i, path] of paths.entries()) get(clients[i] as Socket, path)
    await Promise.all(paths.map((path, i) => answered(clients[i] as Socket, path)))
    expect(begun.map(({ path }) => path).toSorted()).toEqual(paths.toSorted())
    const turns = Map.groupBy(begun, ({ turn }) => turn)
    expect(Math.max(...[...turns.values()].map((of) => of.length))).toBe(8)
  })

  it('of one connection keep their order', async () => {
    const client = await open()
    const paths = Array.from({ length: 30 }, (_, i) => `/${i}`)
    for (const path of paths) get(client, path)
    await answered(client, paths.at(-1) ?? '')
    expect(begun.map(({ path }) => path)).toEqual(paths)
  })

  it('go on behind one whose client left', async () => {
    const [leaving, staying] = [await open(), await open()]
    get(leaving, '/leaves')
    get(staying, '/stays')
    leaving.destroy()
    await answered(staying, '/stays')
    await greet(staying, '/again')
    expect(begun.at(-1)).toMatchObject({ path: '/again' })
  })
})
