import { ActivityHandler, TurnContext, type Activity } from 'botbuilder'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { nearestLanguage, type Language } from '../../language.ts'
import type { DeskCard } from '../../rendering/desk-card.ts'
import { asJson } from '../../store/as-json.ts'
import type { Json } from '../../store/port.ts'
import { lineCard } from '../handoff/cards.ts'
import type { DeskPlace } from '../handoff/record.ts'
import { sayDesk, type DeskWords } from '../handoff/words.ts'
import type { Dress } from './dress.ts'
import type { StaffSaid } from './handoff-desk.ts'
import { isListed, senderOf, type StaffEntry } from './staff.ts'

/** One of the things the desk can do. Undefined where what was said is not for it. */
export type DeskHandler = (said: StaffSaid) => Promise<readonly DeskCard[] | undefined>

export interface StaffBotOptions {
  readonly staff: readonly StaffEntry[]
  /** Asked one after the other; the first that answers has answered. */
  readonly handlers: readonly DeskHandler[]
  readonly dress: Dress
  readonly words: DeskWords
  readonly language: Language
}

/**
 * The bot as staff see it, in every channel of theirs. Who is not on the list gets nothing, whatever is said: alone
 * with the bot the one line that it is for staff, among others not even that.
 */
export class StaffBot extends ActivityHandler {
  constructor({ staff, handlers, dress, words, language }: StaffBotOptions) {
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
      } else if (context.activity.conversation.isGroup !== true) {
        const own = nearestLanguage(context.activity.locale) ?? language
        const card = lineCard(own, sayDesk(words, own, 'staff-only'))
        await context.sendActivity(dress(card, context.activity))
      }
      await next()
    })
  }
}

function readSaid({ activity }: TurnContext): StaffSaid | undefined {
  const staff = senderOf(activity)
  if (!staff) return undefined
  const desk: DeskPlace = {
    channel: staff.channel,
    conversation: activity.conversation.id,
    reference: referenceOf(activity),
  }
  const typed = pressed(activity.value) ?? TurnContext.removeRecipientMention(activity) ?? activity.text ?? ''
  return {
    staff,
    desk,
    chat: wholeChat(desk),
    text: typed.normalize('NFKC'),
    typed,
    activityId: activity.id || randomUUID(),
    group: activity.conversation.isGroup === true,
  }
}

/** Teams sends what a button holds as the activity's value. */
function pressed(value: unknown): string | undefined {
  const result = z.object({ desk: z.string().max(500) }).safeParse(value)
  return result.success ? result.data.desk : undefined
}

const placeSchema = z.looseObject({
  conversation: z.looseObject({ id: z.string() }),
  channelData: z.looseObject({ tenant: z.string(), chat: z.string() }).optional().catch(undefined),
})

/** The chat without the thread: Teams names a thread behind the chat's id, the messaging channels in their data. */
function wholeChat(place: DeskPlace): DeskPlace {
  const read = placeSchema.safeParse(place.reference).data
  if (!read) return place
  const { channelData, ...reference } = read
  const parts = channelData && [channelData.tenant, channelData.chat]
  const id = parts
    ? parts.map(encodeURIComponent).join('|')
    : place.conversation.replace(/;messageid=.*$/s, '')
  const conversation = { ...reference.conversation, id }
  const data = channelData && { channelData: { ...channelData, thread: undefined } }
  return { ...place, conversation: id, reference: asJson({ ...reference, conversation, ...data }) }
}

/** All that speaking there later needs; the messaging channels keep their own place in the channel data. */
function referenceOf(activity: Activity): Json {
  const reference = TurnContext.getConversationReference(activity)
  const data: unknown = activity.channelData
  return asJson({ ...reference, channelData: data })
}
