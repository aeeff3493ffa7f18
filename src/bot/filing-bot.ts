import { ActivityHandler, TurnContext, type Activity } from 'botbuilder'
import type { CaseView } from '../rendering/case-view.ts'
import type { Message } from '../rendering/message.ts'
import { asJson } from '../store/as-json.ts'
import { readIncoming } from './incoming.ts'
import { messageId } from './message-id.ts'
import type { Render } from './render.ts'
import type { TurnReplies, Turns } from './turns.ts'
import type { Incoming } from './turn/turn.ts'
import type { WhileAway } from './while-away.ts'

export interface FilingBotOptions {
  readonly turns: Turns
  /** The neutral message in the channel's dress: more than one activity where one is too little. */
  readonly render: Render
  /**
   * Whether the channel shows an activity sent twice under one id only once. Where it does not, replies that are
   * known to have gone out are not sent again.
   */
  readonly idempotent: boolean
  /**
   * What is said where the store failed. Without it the error goes on to the channel, whose client sends the message
   * again by itself.
   */
  readonly whileAway?: WhileAway
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
    const { turns, render, idempotent, whileAway } = this.#options
    const { activity } = context
    // Our own web channel has made the client's id the activity's id already.
    const activityId = idempotent && activity.id ? activity.id : messageId(activity)
    let taken: TurnReplies
    try {
      taken = await turns.take({
        channelId: activity.channelId,
        conversationId: activity.conversation.id,
        activityId,
        locale: activity.locale,
        incoming,
        // Few turns lead to anything the bot says first later, so it is worked out where one does.
        get reference() {
          return asJson(TurnContext.getConversationReference(activity))
        },
      })
    } catch (error) {
      const message = whileAway?.(error, incoming, activity.locale)
      if (!message) throw error
      await context.sendActivities([...render(message, activity)])
      return
    }
    // Redelivery over the response itself: whoever asks again did not get it.
    const inResponse = activity.deliveryMode === 'expectReplies'
    if (taken.delivered && !idempotent && !inResponse) return
    const dressed = taken.replies.flatMap((message, at) =>
      render(message, activity).map((one, part) => ({
        ...withButtons(one, message, activity, render),
        // The same reply has the same id, so that it is there once however often it is sent.
        ...(idempotent ? { id: `${activityId}|${at}${part === 0 ? '' : `.${part}`}` } : {}),
      })),
    )
    await context.sendActivities(await withCase(dressed, taken.view))
    // Nobody looks at the mark of a message that is answered in the response.
    if (!idempotent && !inResponse && !taken.delivered) await taken.markDelivered()
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
async function withCase(
  dressed: readonly Partial<Activity>[],
  view: () => Promise<CaseView>,
): Promise<Partial<Activity>[]> {
  const last = dressed.at(-1)
  const data: unknown = last?.channelData
  if (!last || !hasMember(data, 'message')) return [...dressed]
  return [...dressed.slice(0, -1), { ...last, channelData: { ...data, case: await view() } }]
}

function hasMember<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value
}
