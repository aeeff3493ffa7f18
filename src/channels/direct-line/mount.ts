import type { Server } from 'restify'
import { mountActivityRoutes } from './activity-routes.ts'
import { DirectLineAdapter } from './adapter.ts'
import { mountConversationRoutes } from './conversation-routes.ts'
import { Conversations } from './conversations.ts'
import { mountCors } from './cors.ts'
import { checkOptions, type DirectLineOptions } from './options.ts'
import type { Service } from './service.ts'
import { mountStream } from './stream.ts'
import { mountTokenRoutes } from './token-routes.ts'
import { Tokens } from './tokens.ts'

export interface DirectLine {
  /** For middleware, `onTurnError` and what the bot says without being asked. */
  readonly adapter: DirectLineAdapter
  /** Closes every socket with 1001, upon which clients go to another process. Routes stay until the server ends. */
  close(): Promise<void>
}

/**
 * Serves Direct Line 3.0 below /v3/directline, for the published `botframework-directlinejs` and Web Chat as they
 * are. All state is in the store: any number of processes may serve the same conversations.
 * @throws AppError config-invalid
 */
export function mountDirectLine(server: Server, options: DirectLineOptions): DirectLine {
  checkOptions(options)
  const conversations = new Conversations(options.store, options.clock)
  const adapter = new DirectLineAdapter(conversations, options.clock)
  const service: Service = {
    options,
    conversations,
    adapter,
    tokens: new Tokens(options.signingKeys, options.clock),
  }
  mountCors(server, options)
  mountTokenRoutes(server, service)
  mountConversationRoutes(server, service)
  mountActivityRoutes(server, service)
  const close = mountStream(server.server, service)
  return { adapter, close }
}
