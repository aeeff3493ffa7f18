import { randomUUID } from 'node:crypto'
import {
  ActivityTypes,
  TurnContext,
  type Activity,
  type ConversationReference,
  type ResourceResponse,
} from 'botbuilder'
import { turnId } from '../../bot/keys.ts'
import { AppError } from '../../errors.ts'
import { continuation, InProcessAdapter, type Logic } from '../in-process-adapter.ts'
import type { Store } from '../../store/port.ts'
import type { Inbound, Payload, Platform, Target } from './channel.ts'
import { Inbox } from './inbox.ts'
import { Outbox } from './outbox.ts'
import { targetOf, toActivity } from './to-activity.ts'

export interface MessagingAdapterOptions {
  readonly platform: Platform
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly onError: (error: unknown) => void
  /** Told of a message that a platform never took. */
  readonly onDead: (error: unknown, target: Target, payload: Payload) => Promise<void>
}

/** Counts the messages of a turn, so that each has a key of its own and the same when the turn is taken again. */
const COUNT = Symbol('messages of the turn')

/**
 * The Bot Framework adapter of a messaging platform: what comes in is kept, acknowledged and worked off; what the
 * bot sends goes through the outbox. The platform's protocol is all that differs from one channel to the next.
 */
export class MessagingAdapter extends InProcessAdapter {
  readonly #options: MessagingAdapterOptions
  readonly #inbox: Inbox
  readonly #outbox: Outbox

  constructor(options: MessagingAdapterOptions) {
    super()
    this.#options = options
    const { platform, store, clock, onError, onDead } = options
    this.#outbox = new Outbox({ platform, store, clock, onError, onDead })
    this.#inbox = new Inbox({
      channel: platform.channel,
      store,
      clock,
      onError,
      work: (inbound, at) =>
        this.runMiddleware(new TurnContext(this, toActivity(platform.channel, inbound, at)), options.logic),
    })
  }

  /** Keeps an event of the platform's. Once it resolves, the platform may be told that it arrived. */
  accept(inbound: Inbound): Promise<void> {
    return this.#inbox.accept(inbound)
  }

  start(): void {
    this.#inbox.start()
    this.#outbox.start()
  }

  /** Ends with nothing half done; what is kept goes on at the next start. */
  async stop(): Promise<void> {
    await this.#inbox.stop()
    await this.#outbox.stop()
  }

  /** How long the oldest message waits that the platform does not take. */
  outboxAgeMs(): number {
    return this.#outbox.ageMs()
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const { platform } = this.#options
    const sent: ResourceResponse[] = []
    for (const activity of activities) {
      const id = activity.id ?? keyOf(context)
      if (activity.type === ActivityTypes.Message)
        await this.#outbox.put(targetOf(addressed(activity, context)), platform.convert(activity), turnId(id))
      sent.push({ id })
    }
    return sent
  }

  /** @throws AppError always: a message that was sent stays as it is; the bot sends another */
  override async updateActivity(): Promise<never> {
    throw unsupported('changed')
  }

  override async deleteActivity(): Promise<never> {
    throw unsupported('deleted')
  }

  /** Runs `logic` in a turn of the bot's own, for what it says without being asked. */
  override async continueConversation(
    reference: Partial<ConversationReference> & { readonly channelData?: unknown },
    logic: Logic,
  ): Promise<void> {
    // The reference names the activity it was taken from: under that id all that is ever said first would be one message.
    const activity = { ...continuation(reference, { channelData: reference.channelData }), id: randomUUID() }
    await this.runMiddleware(new TurnContext(this, activity), logic)
  }
}

/** An answer goes where the question came from, unless it says otherwise. */
function addressed(activity: Partial<Activity>, context: TurnContext): Partial<Activity> {
  const data: unknown = activity.channelData
  return typeof data === 'object' && data !== null && 'chat' in data ? activity : context.activity
}

function keyOf(context: TurnContext): string {
  const count = (context.turnState.get<number>(COUNT) ?? 0) + 1
  context.turnState.set(COUNT, count)
  return `${context.activity.id ?? randomUUID()}|${count}`
}

function unsupported(what: string): AppError {
  return new AppError('activity-unsupported', {
    detail: `A message of this channel cannot be ${what} after it was sent.`,
    remedy: 'Send another message.',
  })
}
