import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity } from 'botbuilder'
import type { Server } from 'restify'
import type { Logic } from '../../../src/channels/in-process-adapter.ts'
import type { Inbound, Payload, Platform, Target } from '../../../src/channels/messaging/channel.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'
import type { Store } from '../../../src/store/port.ts'

export interface Sent {
  readonly target: Target
  readonly payload: Payload
  readonly key: string
}

/** A platform that keeps what it is sent. `failing` is asked before each: what it returns is thrown. */
export class FakePlatform implements Platform {
  readonly channel = 'slack'
  readonly limits = { burst: 100, perSecond: 100, length: 100, unit: 'characters' as const }
  readonly sent: Sent[] = []
  failing: (sent: Sent) => Error | undefined = () => undefined

  convert({ text = '' }: Partial<Activity>): readonly Payload[] {
    return [text]
  }

  async send(target: Target, payload: Payload, key: string): Promise<string> {
    const one = { target, payload, key }
    const error = this.failing(one)
    if (error) throw error
    this.sent.push(one)
    return `p${this.sent.length}`
  }
}

export function inbound(id: string, more: Partial<Inbound> = {}): Inbound {
  return { id, tenant: 'T1', chat: 'C1', chatKind: 'group', sender: 'U1', text: `text of ${id}`, ...more }
}

/** An embedded store in a folder of its own, and how to open it anew or do away with it. */
export async function ownStore(): Promise<{
  store: Store
  reopen: () => Promise<Store>
  remove: () => Promise<void>
}> {
  const path = await mkdtemp(join(tmpdir(), 'icp-messaging-'))
  let store = await openEmbeddedStore({ path })
  return {
    store,
    reopen: async () => {
      await store.close()
      store = await openEmbeddedStore({ path })
      return store
    },
    remove: async () => {
      await store.close()
      await rm(path, { recursive: true })
    },
  }
}

export const echo: Logic = async (context) => {
  await context.sendActivity(`heard ${context.activity.text}`)
}

/** What a channel logs, a line each, with what was wrong; with `stack` also where. */
export function keptLog({ stack = false } = {}) {
  const logged: string[] = []
  const keep = (fields: object, message: string) => {
    const { err } = fields as { err?: unknown }
    const told = err instanceof Error ? String(stack ? err.stack : err.message) : ''
    logged.push(`${message}: ${told} ${JSON.stringify(fields)}`)
  }
  return { logged, log: { error: keep, warn: keep } }
}

/** Listens on a free port. @returns its address, and how to end it with whatever is still open */
export async function listening(server: Server): Promise<{ address: string; end: () => Promise<void> }> {
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    end: async () => {
      server.server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(resolve))
    },
  }
}

/** The store, whose queue `inbox:<channel>` takes nothing while `isAway` says so. */
export function inboxAway(channel: string, isAway: () => boolean): (store: Store) => Store {
  return (store) => ({
    ...store,
    documents: store.documents,
    logs: store.logs,
    ready: () => store.ready(),
    close: () => store.close(),
    queue: (name) =>
      new Proxy(store.queue(name), {
        get: (target, property) => {
          if (property === 'schedule' && name === `inbox:${channel}` && isAway())
            return () => Promise.reject(new Error('the store is away'))
          const value: unknown = Reflect.get(target, property)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
      }),
  })
}
