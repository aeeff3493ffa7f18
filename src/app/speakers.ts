import type { ConversationReference, TurnContext } from 'botbuilder'
import { z } from 'zod'
import type { Render } from '../bot/render.ts'
import { AppError } from '../errors.ts'
import type { Message } from '../rendering/message.ts'

export type Logic = (context: TurnContext) => Promise<void>
/** Begins a turn of the bot's own in the conversation of a reference. */
export type Speak = (reference: Partial<ConversationReference>, logic: Logic) => Promise<void>

/** As the SDK gave it out, kept as JSON. */
export const referenceSchema = z.custom<Partial<ConversationReference>>(
  (value) => typeof value === 'object' && value !== null,
)

/** How the bot speaks first to applicants: over the web channel of its own, or over the Bot Framework. */
export class Speakers {
  readonly #render: Render
  readonly #speakers = new Map<'web' | 'framework', Speak>()

  constructor(render: Render) {
    this.#render = render
  }

  add(over: 'web' | 'framework', speak: Speak): void {
    this.#speakers.set(over, speak)
  }

  /**
   * Says a message in the channel's dress. Where the channel knows ids, the same id shows it once.
   * @throws AppError config-invalid where the channel is switched off, and what the channel throws
   */
  async say(channelId: string, reference: unknown, message: Message, id: string): Promise<void> {
    const speak = this.#speakers.get(channelId === 'directline' ? 'web' : 'framework')
    if (!speak) throw noSpeaker(channelId)
    await speak(referenceSchema.parse(reference), async (context) => {
      const dressed = this.#render(message, context.activity)
      await context.sendActivities(
        dressed.map((one, part) => ({ ...one, id: part === 0 ? id : `${id}.${part}` })),
      )
    })
  }
}

function noSpeaker(channelId: string): AppError {
  return new AppError('config-invalid', {
    detail: `nothing can speak first on the channel ${channelId}`,
    remedy: 'Switch the channel on again, or wait: the message is tried again.',
    subject: channelId,
  })
}
