import { Agent, request } from 'node:http'

/** One client's next request. */
export interface Client {
  next(): { readonly path: string; readonly headers?: Record<string, string>; readonly body: unknown }
}

export interface Figures {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** Runs clients against a server on this machine for a while, each sending as soon as it was answered. */
export async function load(
  address: string,
  clients: readonly Client[],
  milliseconds: number,
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients.length })
  const target = new URL(address)
  const times: number[] = []
  const begin = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - begin < milliseconds) {
        const from = performance.now()
        await post(agent, target, client.next())
        times.push(performance.now() - from)
      }
    }),
  )
  const seconds = (performance.now() - begin) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  return { perSecond: times.length / seconds, p50: at(times, 0.5), p99: at(times, 0.99) }
}

export function post(
  agent: Agent,
  target: URL,
  { path, headers, body }: ReturnType<Client['next']>,
): Promise<string> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: target.hostname,
        port: target.port,
        path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8')
          if ((response.statusCode ?? 500) < 300) resolve(answer)
          else
            reject(new Error(`${path} was answered ${String(response.statusCode)}: ${answer.slice(0, 300)}`))
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
