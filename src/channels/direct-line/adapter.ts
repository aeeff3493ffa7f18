import {
  ActivityTypes,
  TurnContext,
  type Activity,
  type ConversationReference,
  type ResourceResponse,
} from 'botbuilder'
import { AppError } from '../../errors.ts'
import { continuation, InProcessAdapter, type Logic } from '../in-process-adapter.ts'
import type { Conversations } from './conversations.ts'
import { deliveryId, DirectLineTurnContext, toEntry } from './outgoing.ts'
import { randomId } from './tokens.ts'

/** What a client would see too late to mean anything, or is meant for other receivers. */
const NOT_LOGGED: readonly string[] = [
  ActivityTypes.Typing,
  ActivityTypes.Trace,
  ActivityTypes.InvokeResponse,
  'delay',
]
const FAILURE = Symbol('failure of the turn')
const LOGGED = Symbol('whether what was said is in the log')

/**
 * The Bot Framework adapter of the channel, in process. What the bot sends is appended to the conversation's
 * log, from which every client reads; an activity sent again under the id it had is there once.
 *
 * `updateActivity` and `deleteActivity` append an activity of type `messageUpdate` or `messageDelete` with the
 * id of the message concerned; the log itself is never rewritten.
 */
export class DirectLineAdapter extends InProcessAdapter {
  readonly #conversations: Conversations
  readonly #clock: () => Date

  constructor(conversations: Conversations, clock: () => Date) {
    super()
    this.#conversations = conversations
    this.#clock = clock
    // The outermost middleware: an `onTurnError` swallows the error, but the client still has to hear of it.
    this.use(async (context, next) => {
      try {
        await next()
      } catch (error) {
        context.turnState.set(FAILURE, error)
        throw error
      }
    })
  }

  /**
   * Runs a turn of the bot.
   * @param logged what the bot sends is logged after that; the caller sees to it that nothing of a conversation that
   * is gone is left (`Conversations.leaveNothing`)
   * @throws AppError upstream-rejected if the turn failed, whether or not `onTurnError` handled it
   */
  async receive(activity: Partial<Activity>, logic: Logic, logged?: Promise<void>): Promise<void> {
    const context = new DirectLineTurnContext(this, activity)
    if (logged) context.turnState.set(LOGGED, logged)
    try {
      await this.runMiddleware(context, logic)
    } catch (error) {
      throw botError(error)
    }
    const failure: unknown = context.turnState.get(FAILURE)
    if (failure !== undefined) throw botError(failure)
  }

  /** Appends in one write. An activity without an id gets a random one; `delay` activities do not wait. */
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const conversationId = conversationOf(context.activity)
    const sent = activities.map((activity) => ({
      activity: addressed(activity, context),
      id: deliveryId(activity) ?? `${conversationId}|${randomId()}`,
    }))
    await this.#append(
      context,
      sent.filter(({ activity }) => !NOT_LOGGED.includes(activity.type ?? ActivityTypes.Message)),
    )
    return sent.map(({ id }) => ({ id }))
  }

  override async updateActivity(
    context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse> {
    const id = idOf(activity.id)
    const update = { ...addressed(activity, context), type: ActivityTypes.MessageUpdate }
    await this.#append(context, [{ activity: update, id, entry: randomId() }])
    return { id }
  }

  override async deleteActivity(
    context: TurnContext,
    reference: Partial<ConversationReference>,
  ): Promise<void> {
    const id = idOf(reference.activityId)
    const deletion = addressed({ type: ActivityTypes.MessageDelete }, context)
    await this.#append(context, [{ activity: deletion, id, entry: randomId() }])
  }

  /** Runs `logic` in a turn of the bot's own, for what it says without being asked. Errors reach the caller. */
  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: Logic,
  ): Promise<void> {
    await this.runMiddleware(new DirectLineTurnContext(this, continuation(reference)), logic)
  }

  async #append({ activity: incoming, turnState }: TurnContext, sent: readonly Sent[]): Promise<void> {
    const conversationId = conversationOf(incoming)
    const timestamp = this.#clock()
    const entries = sent.map(({ activity, id, entry = id }) =>
      toEntry('bot', entry, { ...activity, id, timestamp }),
    )
    if (entries.length === 0) return
    const logged = turnState.get<Promise<void> | undefined>(LOGGED)
    if (logged === undefined) return this.#conversations.append(conversationId, entries)
    await logged
    await this.#conversations.log(conversationId, entries)
  }
}

interface Sent {
  readonly activity: Partial<Activity>
  readonly id: string
  /** Where the log already has an entry under the activity's id. */
  readonly entry?: string
}

/** A TurnContext has done this already; a bot that hands activities to the adapter itself has not. */
function addressed(activity: Partial<Activity>, { activity: incoming }: TurnContext): Partial<Activity> {
  if (activity.conversation) return activity
  const copy = TurnContext.applyConversationReference(
    { ...activity },
    TurnContext.getConversationReference(incoming),
  )
  return activity.replyToId === undefined ? copy : { ...copy, replyToId: activity.replyToId }
}

function conversationOf({ conversation }: Partial<Activity>): string {
  if (conversation?.id) return conversation.id
  throw new AppError('request-invalid', {
    detail: 'The turn belongs to no conversation.',
    remedy: 'Continue a conversation with a reference that names it.',
    subject: 'conversation.id',
  })
}

function idOf(id: string | undefined): string {
  if (id) return id
  throw new AppError('request-invalid', {
    detail: 'The activity to change or delete has no id.',
    remedy: 'Pass the id that sending it returned.',
    subject: 'id',
  })
}

function botError(cause: unknown): AppError {
  return new AppError('upstream-rejected', {
    detail: 'The assistant could not finish its answer. Your message is kept.',
    remedy: 'Send it again with the same channelData.clientActivityID; it will not be there twice.',
    cause,
  })
}
