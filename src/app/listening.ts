import { once } from 'node:events'
import type { Server } from 'restify'

export async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host)
  await once(server.server, 'listening')
}

/** Takes no more connections, and resolves when what is under way has ended. */
export async function shut(server: Server): Promise<void> {
  const closed = once(server.server, 'close')
  server.close()
  server.server.closeIdleConnections()
  await closed
}

/** Where a server listens: `http://127.0.0.1:3978`. */
export function addressOf(server: Server): string {
  const { address, port, family } = server.address()
  const host = family === 'IPv6' || address.includes(':') ? `[${address}]` : address
  return `http://${host}:${port}`
}
