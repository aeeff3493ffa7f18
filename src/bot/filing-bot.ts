import { randomUUID } from 'node:crypto'
import { ActivityHandler, TurnContext, type Activity } from 'botbuilder'
import type { CaseView } from '../rendering/case-view.ts'
import type { Message } from '../rendering/message.ts'
import { z } from 'zod'
import type { Json } from '../store/port.ts'
import { readIncoming } from './incoming.ts'
import type { Render } from './render.ts'
import type { Turns } from './turns.ts'
import type { Incoming } from './turn/turn.ts'

export interface FilingBotOptions {
  readonly turns: Turns
  /** The neutral message in the channel's dress: more than one activity where one is too little. */
  readonly render: Render
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
      reference: toJson(TurnContext.getConversationReference(activity)),
    })
    // Redelivery over the response itself: whoever asks again did not get it.
    const inResponse = activity.deliveryMode === 'expectReplies'
    if (taken.delivered && !idempotent && !inResponse) return
    await context.sendActivities(
      taken.replies.flatMap((message, at) =>
        render(message, activity).map((dressed, part) => ({
          ...withCase(
            withButtons(dressed, message, activity, render),
            at === taken.replies.length - 1 ? taken.view : undefined,
          ),
          // The same reply has the same id, so that it is there once however often it is sent.
          ...(idempotent ? { id: `${activityId}|${at}${part === 0 ? '' : `.${part}`}` } : {}),
        })),
      ),
    )
    if (!idempotent && !taken.delivered) await taken.markDelivered()
  }
}

/** How the widget names itself in `channelData.client`. */
const WIDGET = 'icp-filing-assistant'

/**
 * Where a message travels whole, clients that do not draw it (Web Chat, say) get the question's buttons, or its
 * form as an Adaptive Card, beside the text. The widget says who it is; a greeting is for whoever comes.
 */
function withButtons(
  dressed: Partial<Activity>,
  message: Message,
  activity: Partial<Activity>,
  render: Render,
): Partial<Activity> {
  if (!hasMember(dressed.channelData, 'message')) return dressed
  const sent: unknown = activity.channelData
  if (hasMember(sent, 'client') && sent.client === WIDGET) return dressed
  // Without the address of our own channel it is dressed as for any other Direct Line client.
  const [beside] = render({ ...message, blocks: [] }, { ...activity, serviceUrl: '' })
  const { suggestedActions, attachments, attachmentLayout } = beside ?? {}
  return {
    ...dressed,
    ...(suggestedActions ? { suggestedActions } : {}),
    ...(attachments ? { attachments, ...(attachmentLayout ? { attachmentLayout } : {}) } : {}),
  }
}

/** Where a message travels whole, the last reply of a turn carries the case as well. */
function withCase(dressed: Partial<Activity>, view: (() => CaseView) | undefined): Partial<Activity> {
  const data: unknown = dressed.channelData
  if (!view || !hasMember(data, 'message')) return dressed
  return { ...dressed, channelData: { ...data, case: view() } }
}

function hasMember<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value
}

/** A reference is plain data; only its optional members keep the compiler from seeing it. */
function toJson(value: object): Json {
  return z.json().parse(JSON.parse(JSON.stringify(value)))
}
