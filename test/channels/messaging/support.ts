import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity } from 'botbuilder'
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
