import {
  CloudAdapter,
  type Activity,
  type ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder'
import type { Authenticated } from './authentication.ts'
import { turnFailure } from './failure.ts'

type Logic = (context: TurnContext) => Promise<void>

const FAILURE = Symbol('failure of the turn')

/**
 * botbuilder's CloudAdapter, which sends nothing to an address that was not allowed, and whose callers hear of a
 * turn that failed, whether or not an `onTurnError` handled it.
 */
export class BotFrameworkAdapter extends CloudAdapter {
  readonly #checkServiceUrl: (serviceUrl: string) => void

  constructor(
    authentication: ConfigurationBotFrameworkAuthentication,
    checkServiceUrl: (serviceUrl: string) => void,
  ) {
    super(authentication)
    this.#checkServiceUrl = checkServiceUrl
    // The outermost middleware: what `onTurnError` swallows, the caller still has to hear of.
    this.use(async (context, next) => {
      try {
        await next()
      } catch (error) {
        context.turnState.set(FAILURE, error)
        throw error
      }
    })
    this.onTurnError = async () => undefined
  }

  /**
   * Runs a turn of the bot for an activity that was authenticated, and gives what an `invoke` or `expectReplies`
   * is answered with.
   * @throws AppError upstream-rejected if the turn failed
   */
  async receive(
    authenticated: Authenticated,
    activity: Activity,
    logic: Logic,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authenticated, activity, logic)
  }

  /**
   * Speaks first, in a conversation whose reference was kept.
   * @throws AppError service-url-not-allowed; upstream-rejected if the turn failed
   */
  override async continueConversationAsync(
    ...[app, reference, logicOrAudience, logic]: Parameters<CloudAdapter['continueConversationAsync']>
  ): Promise<void> {
    this.#checkServiceUrl(reference.serviceUrl ?? '')
    await super.continueConversationAsync(app, reference, logicOrAudience, logic)
  }

  /** @throws AppError service-url-not-allowed; upstream-rejected if the turn failed */
  override async createConversationAsync(
    ...[app, channel, serviceUrl, ...more]: Parameters<CloudAdapter['createConversationAsync']>
  ): Promise<void> {
    this.#checkServiceUrl(serviceUrl)
    await super.createConversationAsync(app, channel, serviceUrl, ...more)
  }

  protected override async runMiddleware(context: TurnContext, next: Logic): Promise<void> {
    await super.runMiddleware(context, next)
    const failure: unknown = context.turnState.get(FAILURE)
    if (failure !== undefined) throw turnFailure(failure)
  }
}
