import { conversationKey } from '../../bot/keys.ts'
import { changeDocument } from '../../bot/change-document.ts'
import type { Store } from '../../store/port.ts'
import { conversationOf } from '../messaging/to-activity.ts'
import type { Target } from '../messaging/channel.ts'

/** Chats of one person with the bot. Messages say which they are, pressed buttons do not. */
export class PersonalChats {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async add(chat: Target): Promise<void> {
    if (!(await this.has(chat))) await changeDocument(this.#store, keyOf(chat), () => true)
  }

  async has(chat: Target): Promise<boolean> {
    return (await this.#store.documents.get(keyOf(chat))) !== undefined
  }
}

function keyOf({ tenant, chat }: Target): string {
  return `feishu-personal:{${conversationKey('feishu', conversationOf({ tenant, chat }))}}`
}
