import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Enough of a Redis 5 for a client to connect to: it knows INFO and no HELLO. */
export async function startOldServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const info = '# Server\r\nredis_version:5.0.14\r\nrole:master\r\n'
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      for (const command of data.toString('latin1').split(/(?=\*\d+\r\n)/)) {
        const name = command.split('\r\n')[2]?.toLowerCase()
        if (name === 'info') socket.write(`$${info.length}\r\n${info}\r\n`)
        else if (name === 'hello') socket.write("-ERR unknown command 'HELLO'\r\n")
        else socket.write('+OK\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
