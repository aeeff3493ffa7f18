import {
  ActivityEventNames,
  ActivityTypes,
  BotAdapter,
  TurnContext,
  type Activity,
  type ConversationReference,
} from 'botbuilder'

export type Logic = (context: TurnContext) => Promise<void>

/** An adapter whose bot runs in this process: there is no app id or audience to check before the bot speaks first. */
export abstract class InProcessAdapter extends BotAdapter {
  abstract override continueConversation(
    reference: Partial<ConversationReference>,
    logic: Logic,
  ): Promise<void>

  /** As `continueConversation`. */
  override async continueConversationAsync(
    _app: unknown,
    reference: Partial<ConversationReference>,
    logicOrAudience: string | Logic,
    logic?: Logic,
  ): Promise<void> {
    const run = typeof logicOrAudience === 'string' ? logic : logicOrAudience
    if (run) await this.continueConversation(reference, run)
  }
}

/** What begins a turn of the bot's own in the conversation of a reference. */
export function continuation(
  reference: Partial<ConversationReference>,
  more: Partial<Activity> = {},
): Partial<Activity> {
  const event = { ...more, type: ActivityTypes.Event, name: ActivityEventNames.ContinueConversation }
  return TurnContext.applyConversationReference(event, reference, true)
}
