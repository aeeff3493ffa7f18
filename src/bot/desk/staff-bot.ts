import { ActivityHandler, TurnContext, type Activity } from 'botbuilder'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { DeskCard } from '../../rendering/desk-card.ts'
import { asJson } from '../../store/as-json.ts'
import type { Json } from '../../store/port.ts'
import type { StaffSaid } from './handoff-desk.ts'
import { isListed, senderOf, type StaffEntry } from './staff.ts'

/** One of the things the desk can do. Undefined where what was said is not for it. */
export type DeskHandler = (said: StaffSaid) => Promise<readonly DeskCard[] | undefined>

export interface StaffBotOptions {
  readonly staff: readonly StaffEntry[]
  /** Asked one after the other; the first that answers has answered. */
  readonly handlers: readonly DeskHandler[]
  /** A card in the dress of a channel: text always, the card itself where the channel's adapter draws it. */
  readonly dress: (card: DeskCard, incoming: Partial<Activity>) => Partial<Activity>
}

/** The bot as staff see it, in every channel of theirs. Who is not on the list gets nothing, whatever is said. */
export class StaffBot extends ActivityHandler {
  constructor({ staff, handlers, dress }: StaffBotOptions) {
    super()
    this.onMessage(async (context, next) => {
      const said = readSaid(context)
      if (said && isListed(staff, said.staff)) {
        for (const handler of handlers) {
          const cards = await handler(said)
          if (!cards) continue
          for (const card of cards) await context.sendActivity(dress(card, context.activity))
          break
        }
      }
      await next()
    })
  }
}

function readSaid({ activity }: TurnContext): StaffSaid | undefined {
  const staff = senderOf(activity)
  if (!staff) return undefined
  return {
    staff,
    desk: {
      channel: staff.channel,
      conversation: activity.conversation.id,
      reference: referenceOf(activity),
    },
    text: pressed(activity.value) ?? TurnContext.removeRecipientMention(activity) ?? activity.text ?? '',
    activityId: activity.id || randomUUID(),
    group: activity.conversation.isGroup,
  }
}

/** Teams sends what a button holds as the activity's value. */
function pressed(value: unknown): string | undefined {
  const result = z.object({ desk: z.string().max(500) }).safeParse(value)
  return result.success ? result.data.desk : undefined
}

/** All that speaking there later needs; the messaging channels keep their own place in the channel data. */
function referenceOf(activity: Activity): Json {
  const reference = TurnContext.getConversationReference(activity)
  const data: unknown = activity.channelData
  return asJson({ ...reference, channelData: data })
}
