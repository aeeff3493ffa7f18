import type { ConversationReference, TurnContext } from 'botbuilder'
import type { Request, Response, Server } from 'restify'
import { AppError } from '../../errors.ts'
import { BotFrameworkAdapter } from './adapter.ts'
import { authenticate, checkToken, createAuthentication } from './authentication.ts'
import { GLOBAL_CLOUD } from './cloud.ts'
import { readActivity, type Incoming } from './incoming.ts'
import { checkOptions, given, type BotFrameworkOptions } from './options.ts'
import { answerTurn } from './response.ts'
import { checkLocalCaller, checkServiceUrl, destinations } from './service-url.ts'

export const PATH = '/api/messages'

export interface BotFramework {
  /** For middleware and what the SDK offers besides. */
  readonly adapter: BotFrameworkAdapter
  /**
   * Speaks first, in a conversation whose reference was kept (`TurnContext.getConversationReference`).
   * @throws AppError service-url-not-allowed; upstream-rejected if the turn failed
   */
  continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void>
}

/**
 * Serves the Bot Framework protocol for the Emulator, Teams and the other channels of Azure Bot Service. Without
 * an app id the SDK checks nobody: then only programs of this machine are answered, and only on this machine.
 * @throws AppError config-invalid
 */
export function mountBotFramework(server: Server, options: BotFrameworkOptions): BotFramework {
  checkOptions(options)
  const { appId = '', production, logic, cloud = GLOBAL_CLOUD, serviceHosts, tenants } = options
  const authenticated = given(appId)
  const allowed = destinations(authenticated, production, cloud, serviceHosts)
  const check = (url: string) => checkServiceUrl(url, allowed)
  const authentication = createAuthentication(options, check)
  const adapter = new BotFrameworkAdapter(authentication, check)

  server.post(PATH, async (request: Request, response: Response) => {
    if (!authenticated) checkLocalCaller(request.socket.remoteAddress, request.headers)
    const token = authenticated ? checkToken(request.headers.authorization, cloud) : ''
    const incoming = readActivity(request.body)
    check(incoming.activity.serviceUrl)
    const caller = await authenticate(authentication, incoming.activity, token)
    checkTenant(incoming, tenants)
    options.onMessage?.(incoming.activity.channelId, incoming.activity.conversation.id)
    answerTurn(response, incoming.activity, await adapter.receive(caller, incoming.activity, logic))
  })
  return {
    adapter,
    continueConversation: (reference, say) => adapter.continueConversationAsync(appId, reference, say),
  }
}

function checkTenant({ tenantId }: Incoming, tenants: readonly string[] | undefined): void {
  if (tenants === undefined || (tenantId !== undefined && tenants.includes(tenantId))) return
  throw new AppError('token-foreign', {
    detail: 'The activity comes from an organisation this bot does not serve.',
    remedy: 'Ask the operator to add the tenant id of the organisation.',
    subject: 'conversation.tenantId',
  })
}
