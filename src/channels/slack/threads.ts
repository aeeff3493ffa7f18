import { changeDocument } from '../../bot/change-document.ts'
import { conversationKey } from '../../bot/keys.ts'
import type { Store } from '../../store/port.ts'
import { conversationOf } from '../messaging/to-activity.ts'
import type { Target } from '../messaging/channel.ts'

/**
 * The threads of channels in which the assistant was spoken to. What is written there later is meant for it without
 * a mention: a case is talked about in its thread. What people write to each other elsewhere is none of its business.
 */
export class Threads {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async join(thread: Target): Promise<void> {
    await changeDocument(this.#store, keyOf(thread), (value) => value ?? true)
  }

  async has(thread: Target): Promise<boolean> {
    return (await this.#store.documents.get(keyOf(thread))) !== undefined
  }
}

const keyOf = (thread: Target): string => `slack-thread:{${conversationKey('slack', conversationOf(thread))}}`
