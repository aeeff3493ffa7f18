import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Language } from '../../src/language.ts'
import type { Message, Payload } from '../../src/rendering/message.ts'

/** One activity as every client of the conversation reads it. */
export interface LoggedActivity {
  readonly id: string
  readonly type: string
  readonly text?: string
  readonly value?: Payload
  readonly from: { readonly role: string }
  readonly channelData?: { readonly message?: Message; readonly clientActivityID?: string }
}

/**
 * A client that never gives up: what was not acknowledged is sent again under the same id until it is, whatever
 * happens to the server meanwhile.
 */
export class StubbornClient {
  readonly language: Language
  /** Every activity in the order it was read. */
  readonly read: LoggedActivity[] = []
  /** Ids of the messages that were acknowledged, in order. */
  readonly acknowledged: string[] = []
  /** Messages that met a fault before they were acknowledged. */
  faulted = 0
  conversationId = ''
  readonly #address: () => string
  readonly #signal: AbortSignal
  #token = ''
  #watermark = ''

  constructor(address: () => string, language: Language, signal: AbortSignal) {
    this.#address = address
    this.language = language
    this.#signal = signal
  }

  async start(): Promise<void> {
    const { token } = await this.#insist<{ token: string }>('POST', 'tokens/generate')
    this.#token = token
    const started = await this.#insist<{ conversationId: string; token: string }>('POST', 'conversations')
    this.conversationId = started.conversationId
    this.#token = started.token
    await this.catchUp()
  }

  async send(text: string, value?: Payload): Promise<void> {
    const clientActivityID = randomUUID()
    const before = this.#faults
    await this.#insist('POST', `conversations/${this.conversationId}/activities`, {
      type: 'message',
      text,
      ...(value === undefined ? {} : { value }),
      locale: this.language,
      channelData: { clientActivityID },
    })
    if (this.#faults > before) this.faulted += 1
    this.acknowledged.push(clientActivityID)
    await this.catchUp()
  }

  async catchUp(): Promise<void> {
    const path = `conversations/${this.conversationId}/activities?watermark=${this.#watermark}`
    const set = await this.#insist<{ activities: LoggedActivity[]; watermark: string }>('GET', path)
    this.#watermark = set.watermark
    this.read.push(...set.activities)
  }

  /** The question the bot waits for. */
  get open() {
    return this.read.findLast(({ from }) => from.role === 'bot')?.channelData?.message?.input
  }

  #faults = 0

  async #insist<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    for (let wait = 20; ; wait = Math.min(400, wait * 2)) {
      try {
        const response = await fetch(`${this.#address()}/v3/directline/${path}`, {
          method,
          signal: AbortSignal.any([this.#signal, AbortSignal.timeout(10_000)]),
          headers: {
            'accept-language': this.language,
            ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        if (response.ok) return (await response.json()) as Answer
        const text = await response.text()
        if (response.status < 500 && response.status !== 429) throw new Refused(`${response.status}: ${text}`)
      } catch (error) {
        if (error instanceof Refused || this.#signal.aborted) throw error
      }
      this.#faults += 1
      await pause(wait + Math.random() * wait)
    }
  }
}

/** The server refused for good: no fault should lead to that. */
export class Refused extends Error {
  override readonly name = 'Refused'
}
