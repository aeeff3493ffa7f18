import type { ConversationReference } from 'botbuilder'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { hideSecret } from './hide-secret.ts'
import type { Json, LogEntry, NewEntry, Store } from '../../store/port.ts'

export const CHANNEL = 'directline'
export const SERVICE_URL = 'urn:icp-filing-assistant:directline'
export const BOT = { id: 'icp-filing-assistant', role: 'bot' } as const

export interface Conversation {
  readonly id: string
  readonly userId: string
  readonly locale: string | undefined
  readonly startedAt: number
  /** Whether the bot has been told of the conversation. */
  readonly greeted: boolean
}

const schema = z.object({
  userId: z.string(),
  locale: z.string().optional(),
  startedAt: z.number(),
  greeted: z.boolean(),
})

/**
 * The conversations of the channel, all of them in the store: a document for what a conversation is and a log
 * for its activities. Nothing stays in the process, so any process may serve any request.
 */
export class Conversations {
  readonly #store: Store
  readonly #clock: () => Date

  constructor(store: Store, clock: () => Date) {
    this.#store = store
    this.#clock = clock
  }

  async find(id: string): Promise<Conversation | undefined> {
    const document = await this.#store.documents.get(documentKey(id))
    return document && { id, locale: undefined, ...schema.parse(document.value) }
  }

  /** @throws AppError conversation-unknown */
  async get(id: string): Promise<Conversation> {
    const conversation = await this.find(id)
    if (conversation) return conversation
    throw new AppError('conversation-unknown', {
      detail: 'There is no such conversation: it was never started, or its data was deleted.',
      remedy: 'Start one with POST conversations and a token from tokens/generate.',
    })
  }

  /** False where it exists already; of two starts at once, one is told true. */
  async create({ id, ...rest }: Conversation): Promise<boolean> {
    return this.#write(id, 0, rest)
  }

  async markGreeted(id: string): Promise<void> {
    const document = await this.#store.documents.get(documentKey(id))
    if (document) await this.#write(id, document.version, { ...schema.parse(document.value), greeted: true })
  }

  async #write(id: string, expected: number, value: Json): Promise<boolean> {
    const result = await this.#store.documents.put([{ key: documentKey(id), expected, value }])
    return result.ok
  }

  /** An append that loses the race against `remove` leaves nothing behind. */
  async append(id: string, entries: readonly NewEntry[]): Promise<void> {
    await this.log(id, entries)
    await this.leaveNothing(id)
  }

  /** Appends only: `leaveNothing` is to be called after the last of what belongs together. */
  async log(id: string, entries: readonly NewEntry[]): Promise<void> {
    if (entries.length > 0) await this.#store.logs.append(logKey(id), entries)
  }

  /** Takes away what was appended to a conversation that is gone. */
  async leaveNothing(id: string): Promise<void> {
    if (!(await this.#store.documents.get(documentKey(id)))) await this.#store.logs.remove(logKey(id))
  }

  /** At most `limit` activities after a watermark, with the watermark to go on from. */
  async read(id: string, after: number, limit: number): Promise<ActivitySet> {
    return this.#toSet(await this.#store.logs.read(logKey(id), after, limit), after)
  }

  async *tail(id: string, after: number, signal: AbortSignal): AsyncIterable<ActivitySet> {
    for await (const entry of this.#store.logs.tail(logKey(id), after, signal))
      yield this.#toSet([entry], after)
  }

  #toSet(entries: readonly LogEntry[], after: number): ActivitySet {
    const now = this.#clock()
    return {
      activities: entries.map(({ value }) => hideSecret(value, now)),
      watermark: String(entries.at(-1)?.sequence ?? after),
    }
  }
}

/** What clients read. */
export interface ActivitySet {
  readonly activities: readonly Json[]
  readonly watermark: string
}

/**
 * Deletes a conversation and all its activities. Sockets on it are closed within a ping; other clients are told
 * 404 and stop. What the bot sends afterwards goes nowhere, so let it say goodbye before.
 */
export async function remove(store: Store, conversationId: string): Promise<void> {
  const key = documentKey(conversationId)
  for (let document = await store.documents.get(key); document; document = await store.documents.get(key)) {
    const result = await store.documents.put([{ key, expected: document.version, value: undefined }])
    if (result.ok) break
  }
  await store.logs.remove(logKey(conversationId))
}

/** Whether nothing of a conversation is left. */
export async function isRemoved(store: Store, conversationId: string): Promise<boolean> {
  const [document, last] = await Promise.all([
    store.documents.get(documentKey(conversationId)),
    store.logs.last(logKey(conversationId)),
  ])
  return document === undefined && last === 0
}

/** What the bot needs to speak first, also days later. */
export function referenceOf({ id, userId, locale }: Conversation): Partial<ConversationReference> {
  return {
    channelId: CHANNEL,
    serviceUrl: SERVICE_URL,
    conversation: { id, isGroup: false, conversationType: '', name: '' },
    user: { id: userId, name: '', role: 'user' },
    bot: { ...BOT, name: '' },
    ...(locale === undefined ? {} : { locale }),
  }
}

export function logKey(id: string): string {
  return `dl:log:${id}`
}

function documentKey(id: string): string {
  return `dl:conversation:${id}`
}
