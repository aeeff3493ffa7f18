import { changeDocument } from '../../bot/change-document.ts'
import { conversationKey } from '../../bot/keys.ts'
import type { Store } from '../../store/port.ts'
import type { StaffChannel, Target } from './channel.ts'
import { conversationOf } from './to-activity.ts'

/**
 * The threads of groups in which the assistant was spoken to. What is written there later is meant for it without a
 * mention: a case is talked about in its thread. What people write to each other elsewhere is none of its business.
 */
export class Threads {
  readonly #store: Store
  readonly #channel: StaffChannel

  constructor(store: Store, channel: StaffChannel) {
    this.#store = store
    this.#channel = channel
  }

  async join(thread: Target): Promise<void> {
    await changeDocument(this.#store, this.#key(thread), (value) => value ?? true)
  }

  async has(thread: Target): Promise<boolean> {
    return (await this.#store.documents.get(this.#key(thread))) !== undefined
  }

  #key(thread: Target): string {
    return `${this.#channel}-thread:{${conversationKey(this.#channel, conversationOf(thread))}}`
  }
}
