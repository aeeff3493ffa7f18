import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

export interface Proxy {
  readonly url: string
  /** Lets the next command through and cuts the connection instead of giving its answer. */
  loseNextAnswer(): void
  /** How many answers were lost so far. */
  lost(): number
  stop(): Promise<void>
}

/** Stands between the store and a server, to lose an answer at exactly the wrong moment. */
export async function startProxy(port: number): Promise<Proxy> {
  let armed = false
  let lost = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let losing = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (data) => {
      if (armed && data.toString('latin1').toLowerCase().includes('\r\nevalsha\r\n')) {
        armed = false
        losing = true
      }
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (!losing) return client.write(data)
      lost += 1
      client.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseNextAnswer: () => (armed = true),
    lost: () => lost,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
