import { randomUUID } from 'node:crypto'
import { ActivityHandler, type Activity, type TurnContext } from 'botbuilder'
import type { Message } from '../rendering/message.ts'
import { readIncoming } from './incoming.ts'
import type { Turns } from './turns.ts'
import type { Incoming } from './turn/turn.ts'

export interface FilingBotOptions {
  readonly turns: Turns
  /** The neutral message in the channel's dress. */
  readonly render: (message: Message, activity: Partial<Activity>) => Partial<Activity>
  /**
   * Whether the channel shows an activity sent twice under one id only once. Where it does not, replies that are
   * known to have gone out are not sent again.
   */
  readonly idempotent: boolean
}

/** The bot as botbuilder sees it: hands what comes in to a turn and sends what the turn replies. */
export class FilingBot extends ActivityHandler {
  readonly #options: FilingBotOptions

  constructor(options: FilingBotOptions) {
    super()
    this.#options = options
    this.onMembersAdded(async (context, next) => {
      const { membersAdded = [], recipient } = context.activity
      if (membersAdded.some(({ id }) => id !== recipient.id)) await this.#turn(context, { kind: 'hello' })
      await next()
    })
    this.onMessage(async (context, next) => {
      await this.#turn(context, readIncoming(context.activity))
      await next()
    })
  }

  async #turn(context: TurnContext, incoming: Incoming): Promise<void> {
    const { turns, render, idempotent } = this.#options
    const { activity } = context
    // Without an id a message cannot be known again; it is then a new one each time.
    const activityId = activity.id || randomUUID()
    const taken = await turns.take({
      channelId: activity.channelId,
      conversationId: activity.conversation.id,
      activityId,
      locale: activity.locale,
      incoming,
    })
    // Redelivery over the response itself: whoever asks again did not get it.
    const inResponse = activity.deliveryMode === 'expectReplies'
    if (taken.delivered && !idempotent && !inResponse) return
    await context.sendActivities(
      taken.replies.map((message, at) => ({
        ...render(message, activity),
        // The same reply has the same id, so that it is there once however often it is sent.
        ...(idempotent ? { id: `${activityId}|${at}` } : {}),
      })),
    )
    if (!idempotent && !taken.delivered) await taken.markDelivered()
  }
}
