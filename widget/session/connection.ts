import type { Language } from '../../src/language.ts'
import { DirectLineError, type DirectLine } from './direct-line.ts'
import { backOff, type Clock, type OpenSocket, type Socket } from './ports.ts'
import type { SavedStore } from './saved.ts'
import { readActivitySet, type ActivitySet, type Activity, type Grant } from './wire.ts'

export interface ConnectionEvents {
  /** `live`: news, as against what was said before this visit. */
  activities(activities: readonly Activity[], live: boolean): void
  status(status: 'connecting' | 'online' | 'reconnecting'): void
  /** The conversation is not there any more; a new one follows. */
  gone(): void
}

export interface ConnectionParts {
  readonly api: DirectLine
  readonly openSocket: OpenSocket
  readonly clock: Clock
  readonly saved: SavedStore
  /** Runs one at a time over all tabs, so that two tabs opened at once begin one conversation. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
  readonly language: () => Language
}

const POLL_MS = 2_000
const SOCKET_AGAIN_MS = 60_000
const ECHO_MS = 4_000
const JOIN_MS = 8_000
const RESTART_MS = 10_000
/** A socket that never opens this often means something on the way forbids it: poll instead. */
const SOCKET_TRIES = 2

/**
 * Keeps one conversation reachable: begins or resumes it, follows its stream, comes back after a cut with the
 * watermark, polls where WebSockets do not pass, renews tokens.
 */
export class Connection {
  readonly #parts: ConnectionParts
  readonly #events: ConnectionEvents
  #conversation = ''
  #token = ''
  #watermark = ''
  #socket: Socket | undefined
  #socketFailures = 0
  #attempts = 0
  #restartedAt = -Infinity
  #caughtUp = false
  #stopped = true
  /** Grows with every fresh attempt; what belongs to an older one is ignored when it ends. */
  #epoch = 0
  readonly #joined: (() => void)[] = []
  #timers = { retry: 0, refresh: 0, echo: 0 }

  constructor(parts: ConnectionParts, events: ConnectionEvents) {
    this.#parts = parts
    this.#events = events
  }

  start(): void {
    this.#stopped = false
    this.#events.status('connecting')
    void this.#connect()
  }

  stop(): void {
    this.#stopped = true
    this.#drop()
    this.#parts.clock.cancel(this.#timers.refresh)
  }

  /** Tries at once instead of at the end of the pause. */
  hurry(): void {
    if (this.#stopped || this.#socket !== undefined) return
    this.#attempts = 0
    void this.#connect()
  }

  /** Follows another conversation: another tab began it. */
  follow(): void {
    const { conversationId } = this.#parts.saved.read()
    if (this.#stopped || conversationId === undefined || conversationId === this.#conversation) return
    this.#forget()
    void this.#connect()
  }

  get conversation(): string {
    return this.#conversation
  }

  /** Sends one activity; resolves when the server has it. */
  async post(activity: object): Promise<void> {
    if (this.#token === '') await this.#whenJoined()
    if (this.#token === '') throw new DirectLineError(0)
    try {
      await this.#withToken((token) => this.#parts.api.post(token, this.#conversation, activity))
    } catch (error) {
      if (error instanceof Gone) this.#restart()
      throw error instanceof Gone ? new DirectLineError(0) : error
    }
    this.#expectEcho()
  }

  /** Waits for the conversation, within reason: a text typed while the page still connects is not lost. */
  #whenJoined(): Promise<void> {
    return new Promise((resolve) => {
      this.#joined.push(resolve)
      this.#parts.clock.after(JOIN_MS, resolve)
    })
  }

  async #connect(): Promise<void> {
    this.#drop()
    const epoch = this.#epoch
    try {
      const streamUrl = await this.#join()
      for (const joined of this.#joined.splice(0)) joined()
      if (epoch !== this.#epoch || this.#stopped) return
      this.#events.status('online')
      if (streamUrl !== undefined && this.#socketFailures < SOCKET_TRIES) this.#follow(streamUrl)
      else this.#poll(this.#parts.clock.now() + SOCKET_AGAIN_MS)
    } catch (error) {
      if (epoch !== this.#epoch || this.#stopped) return
      this.#failed(error)
    }
  }

  /** Begins or resumes; afterwards everything said so far has been handed on. Returns the stream's address. */
  async #join(): Promise<string | undefined> {
    if (this.#conversation === '') {
      const begun = await this.#parts.alone(() => this.#begin())
      if (begun !== undefined) return begun.streamUrl
    }
    if (this.#token === '') await this.#renew()
    await this.#catchUp()
    const back = await this.#withToken((token) =>
      this.#parts.api.reconnect(token, this.#conversation, this.#watermark),
    )
    if (back.token !== '') this.#grant(back)
    return back.streamUrl
  }

  /** A new conversation, unless the browser (another tab, an earlier visit) already has one. */
  async #begin(): Promise<Grant | undefined> {
    const { api, saved, language } = this.#parts
    this.#conversation = saved.read().conversationId ?? ''
    if (this.#conversation !== '') return undefined
    const { token } = await api.generate()
    const begun = await api.start(token, language())
    this.#conversation = begun.conversationId
    saved.write({ conversationId: begun.conversationId, resumeToken: begun.resumeToken })
    this.#grant(begun)
    this.#caughtUp = true
    // The welcome need not wait for the stream to open: what comes both ways is shown once.
    const epoch = this.#epoch
    void api.activities(this.#token, this.#conversation, '').then(
      (set) => (epoch === this.#epoch ? this.#take(set, true) : undefined),
      () => undefined,
    )
    return begun
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const before = this.#watermark
      const set = await this.#withToken((token) =>
        this.#parts.api.activities(token, this.#conversation, before),
      )
      this.#take(set, this.#caughtUp)
      if (set.activities.length === 0 || this.#watermark === before) break
    }
    this.#caughtUp = true
  }

  #take(set: ActivitySet, live: boolean): void {
    if (set.watermark !== undefined) this.#watermark = set.watermark
    if (set.activities.length > 0) this.#events.activities(set.activities, live)
  }

  #follow(address: string): void {
    const epoch = this.#epoch
    let opened = false
    this.#socket = this.#parts.openSocket(address, {
      open: () => {
        opened = true
        this.#socketFailures = 0
        this.#attempts = 0
      },
      frame: (data) => {
        if (epoch !== this.#epoch || data === '') return
        this.#parts.clock.cancel(this.#timers.echo)
        this.#take(readFrame(data), true)
      },
      close: () => {
        if (epoch !== this.#epoch || this.#stopped) return
        this.#socket = undefined
        if (!opened) this.#socketFailures += 1
        this.#later()
      },
    })
  }

  /** Without a socket: ask again and again, and give the socket another chance after a while. */
  #poll(socketAgainAt: number): void {
    const { clock } = this.#parts
    const epoch = this.#epoch
    this.#attempts = 0
    this.#timers.retry = clock.after(POLL_MS, () => {
      if (clock.now() >= socketAgainAt) {
        this.#socketFailures = SOCKET_TRIES - 1
        return void this.#connect()
      }
      this.#catchUp().then(
        () => (epoch === this.#epoch && !this.#stopped ? this.#poll(socketAgainAt) : undefined),
        (error: unknown) => {
          if (epoch === this.#epoch && !this.#stopped) this.#failed(error)
        },
      )
    })
  }

  /** A socket may be dead without saying so: when nothing comes after a message, ask. */
  #expectEcho(): void {
    const { clock } = this.#parts
    clock.cancel(this.#timers.echo)
    this.#timers.echo = clock.after(ECHO_MS, () => {
      const before = this.#watermark
      this.#catchUp().then(
        () => (this.#watermark !== before && this.#socket !== undefined ? void this.#connect() : undefined),
        () => void this.#connect(),
      )
    })
  }

  #failed(error: unknown): void {
    if (error instanceof Gone) return this.#restart()
    // Read from the start again: what is known already is not shown twice.
    if (error instanceof DirectLineError && error.code === 'BadWatermark') this.#watermark = ''
    this.#later()
  }

  #later(): void {
    this.#events.status('reconnecting')
    this.#timers.retry = this.#parts.clock.after(backOff(this.#attempts), () => void this.#connect())
    this.#attempts += 1
  }

  /** The conversation is gone: say so and begin a new one. */
  #restart(): void {
    const { saved, clock } = this.#parts
    if (saved.read().conversationId === this.#conversation) {
      saved.write({ conversationId: undefined, resumeToken: undefined })
    }
    this.#forget()
    this.#events.gone()
    // A server that loses every conversation at once must not be asked in a tight loop.
    const now = clock.now()
    const again = now - this.#restartedAt < RESTART_MS
    this.#restartedAt = now
    if (again) this.#later()
    else void this.#connect()
  }

  #forget(): void {
    this.#drop()
    this.#conversation = ''
    this.#token = ''
    this.#watermark = ''
    this.#caughtUp = false
  }

  #drop(): void {
    this.#epoch += 1
    this.#parts.clock.cancel(this.#timers.retry)
    this.#parts.clock.cancel(this.#timers.echo)
    this.#socket?.close()
    this.#socket = undefined
  }

  #grant({ token, expiresIn, resumeToken }: Grant): void {
    const { clock, api, saved } = this.#parts
    this.#token = token
    if (resumeToken !== undefined) saved.write({ resumeToken })
    clock.cancel(this.#timers.refresh)
    // Half-way, so that a refresh that fails leaves time; a token that ran out all the same is renewed on use.
    this.#timers.refresh = clock.after(Math.min(expiresIn * 500, 2 ** 31 - 1), () => {
      api.refresh(token).then(
        (fresh) => (this.#token === token && fresh.token !== '' ? this.#grant(fresh) : undefined),
        () => undefined,
      )
    })
  }

  async #withToken<T>(work: (token: string) => Promise<T>): Promise<T> {
    try {
      return await work(this.#token)
    } catch (error) {
      if (!(error instanceof DirectLineError)) throw error
      if (error.status === 404) throw new Gone()
      if (!error.tokenRefused) throw error
    }
    await this.#renew()
    try {
      return await work(this.#token)
    } catch (error) {
      throw error instanceof DirectLineError && (error.tokenRefused || error.status === 404)
        ? new Gone()
        : error
    }
  }

  /** A fresh token for the same conversation, against the resume token. */
  async #renew(): Promise<void> {
    const { resumeToken } = this.#parts.saved.read()
    if (resumeToken === undefined) throw new Gone()
    try {
      const back = await this.#parts.api.generate(resumeToken)
      if (back.conversationId !== this.#conversation) throw new Gone()
      this.#grant(back)
    } catch (error) {
      const refused = error instanceof DirectLineError && [400, 401, 403, 404].includes(error.status)
      throw refused ? new Gone() : error
    }
  }
}

class Gone extends Error {}

function readFrame(data: string): ActivitySet {
  try {
    return readActivitySet(JSON.parse(data))
  } catch {
    return { activities: [], watermark: undefined }
  }
}
