import type { Language } from '../../src/language.ts'
import { Connection, type ConnectionParts } from './connection.ts'
import { DirectLineError } from './direct-line.ts'
import { initialState, reduce, type Event, type Sent, type State } from './state.ts'

export interface SessionParts extends Omit<ConnectionParts, 'language'> {
  readonly language: Language
  readonly newKey: () => string
}

type Listener = (state: State) => void

/** How the widget names itself to the bot. */
const CLIENT = 'icp-filing-assistant'
const PATIENCE_MS = 30_000
const LONGEST_PAUSE_S = 10

/** The widget's one object with a memory: takes what the person does, keeps the state, tells who draws it. */
export class Session {
  state: State
  /** What is typed and not sent yet; outlives the closing of a panel. */
  draft = ''
  readonly #parts: SessionParts
  readonly #connection: Connection
  readonly #listeners = new Set<Listener>()
  /** Messages leave one after the other, in the order they were written. */
  #queue: Promise<void> = Promise.resolve()
  #patience = 0

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.state = initialState(parts.saved.read().language ?? parts.language)
    this.#connection = new Connection(
      { ...parts, language: () => this.state.language },
      {
        activities: (activities, live) => this.#on({ type: 'received', activities, live }),
        status: (status) => this.#on({ type: 'connection', status }),
        gone: () => this.#on({ type: 'reset', gone: true }),
      },
    )
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    if (this.state.connection === 'idle') this.#connection.start()
  }

  stop(): void {
    this.#connection.stop()
    this.#on({ type: 'connection', status: 'idle' })
  }

  hurry(): void {
    if (this.state.connection === 'reconnecting') this.#connection.hurry()
  }

  /** What the browser keeps has changed in another tab. */
  savedElsewhere(): void {
    const { conversationId, language } = this.#parts.saved.read()
    if (language !== undefined) this.#on({ type: 'language', language })
    if (conversationId === undefined || this.#connection.conversation === '') return
    if (conversationId === this.#connection.conversation) return
    this.#on({ type: 'reset', gone: false })
    this.#connection.follow()
  }

  send(text: string, value?: Sent): void {
    const key = this.#parts.newKey()
    this.#deliver(key, text, value)
  }

  /** Sends a failed message again, under the same key: if it had arrived after all, it is not doubled. */
  retry(key: string): void {
    const item = this.state.pending.find((candidate) => candidate.key === key)
    if (item?.status === 'failed' || item?.status === 'refused') this.#deliver(key, item.text, item.value)
  }

  setLanguage(language: Language, label: string): void {
    if (language === this.state.language) return
    this.#on({ type: 'language', language })
    this.send(label, { kind: 'command', command: 'language', argument: language })
  }

  #deliver(key: string, text: string, value: Sent | undefined): void {
    this.#on({ type: 'sending', key, text, value })
    this.hurry()
    this.#queue = this.#queue.then(() => this.#post(key, text, value))
  }

  async #post(key: string, text: string, value: Sent | undefined): Promise<void> {
    const activity = {
      type: 'message',
      text,
      value,
      locale: this.state.language,
      // The client says what it is: others get buttons and cards instead of the message as data.
      channelData: { clientActivityID: key, client: CLIENT },
    }
    try {
      await this.#patiently(() => this.#connection.post(activity))
      this.#on({ type: 'posted', key })
    } catch (error) {
      const status = error instanceof DirectLineError ? error.status : 0
      const said = error instanceof DirectLineError ? error.said : []
      this.#on({ type: 'failed', key, refused: status === 400 || status === 413 || status === 422, said })
    }
  }

  /** Asked to wait (429, 503) it waits once, within reason; everything else is the person's to try again. */
  async #patiently(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof DirectLineError) || ![429, 503].includes(error.status)) throw error
      const pause = error.retryAfter ?? 2
      if (pause > LONGEST_PAUSE_S) throw error
      await new Promise<void>((resolve) => this.#parts.clock.after(pause * 1000, resolve))
      await work()
    }
  }

  #on(event: Event): void {
    const before = this.state
    this.state = reduce(before, event)
    if (this.state === before) return
    // Only a choice is kept: a language that came from the page or the browser may differ on the next page.
    if (this.state.language !== before.language) this.#parts.saved.write({ language: this.state.language })
    this.#watchPatience(before.waiting)
    for (const listener of this.#listeners) listener(this.state)
  }

  /** A bot that never answers must not seem to write for ever. */
  #watchPatience(waitedBefore: boolean): void {
    if (this.state.waiting === waitedBefore) return
    this.#parts.clock.cancel(this.#patience)
    if (this.state.waiting)
      this.#patience = this.#parts.clock.after(PATIENCE_MS, () => this.#on({ type: 'waited' }))
  }
}
