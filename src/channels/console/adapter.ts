import { randomUUID } from 'node:crypto'
import { ActivityTypes, BotAdapter, TurnContext, type Activity, type ResourceResponse } from 'botbuilder'
import { AppError } from '../../errors.ts'

export interface ConsoleAdapterOptions {
  readonly conversationId: string
  readonly locale: string
  readonly logic: (context: TurnContext) => Promise<void>
  /** Shows what the bot says. */
  readonly print: (text: string) => void
}

const USER = { id: 'you', name: '', role: 'user' }
const BOT = { id: 'icp-filing-assistant', name: '', role: 'bot' }

/** One conversation with the bot in a terminal. */
export class ConsoleAdapter extends BotAdapter {
  readonly #options: ConsoleAdapterOptions

  constructor(options: ConsoleAdapterOptions) {
    super()
    this.#options = options
  }

  /** Tells the bot that somebody is here. */
  async begin(): Promise<void> {
    await this.#run({ type: ActivityTypes.ConversationUpdate, membersAdded: [USER] })
  }

  async say(text: string): Promise<void> {
    await this.#run({ type: ActivityTypes.Message, text })
  }

  async #run(activity: Partial<Activity>): Promise<void> {
    const { conversationId, locale, logic } = this.#options
    const context = new TurnContext(this, {
      ...activity,
      id: randomUUID(),
      channelId: 'console',
      serviceUrl: 'urn:icp-filing-assistant:console',
      conversation: { id: conversationId, isGroup: false, conversationType: '', name: '' },
      from: USER,
      recipient: BOT,
      locale,
    })
    await this.runMiddleware(context, logic)
  }

  override async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    return activities.map(({ type, text }) => {
      if (type === ActivityTypes.Message && text) this.#options.print(text)
      return { id: randomUUID() }
    })
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(unsupported('changed'))
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(unsupported('deleted'))
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(unsupported('continued'))
  }
}

function unsupported(what: string): AppError {
  return new AppError('activity-unsupported', {
    detail: `What stands in a terminal cannot be ${what}.`,
    remedy: 'Say something new instead.',
  })
}
