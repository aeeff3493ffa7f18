import { z } from 'zod'
import { changeDocument } from '../../bot/change-document.ts'
import { conversationKey } from '../../bot/keys.ts'
import type { Store } from '../../store/port.ts'

/** Events of a conversation that are remembered. Platforms deliver again within hours; nobody writes that fast. */
const KEPT = 200
const schema = z.object({ ids: z.array(z.string()) })

/** Which events of a conversation were worked off: one that is delivered again is not worked off again. */
export class Seen {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async has(channel: string, conversation: string, id: string): Promise<boolean> {
    const found = await this.#store.documents.get(keyOf(channel, conversation))
    return found !== undefined && schema.parse(found.value).ids.includes(id)
  }

  async add(channel: string, conversation: string, id: string): Promise<void> {
    await changeDocument(this.#store, keyOf(channel, conversation), (value) => {
      const ids = value === undefined ? [] : schema.parse(value).ids
      return ids.includes(id) ? { ids } : { ids: [...ids, id].slice(-KEPT) }
    })
  }
}

const keyOf = (channel: string, conversation: string): string =>
  `seen:{${conversationKey(channel, conversation)}}`
