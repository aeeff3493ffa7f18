import type { Request, Response } from 'restify'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { readCaller, tokenMissing } from './access.ts'
import type { DirectLineAdapter } from './adapter.ts'
import type { Conversation, Conversations } from './conversations.ts'
import { sendJson } from './cors.ts'
import type { DirectLineOptions } from './options.ts'
import { isConversationId, type Claims, type Tokens } from './tokens.ts'

/** What the routes share. */
export interface Service {
  readonly options: DirectLineOptions
  readonly tokens: Tokens
  readonly conversations: Conversations
  readonly adapter: DirectLineAdapter
}

export interface Reply {
  readonly status: number
  readonly body: object
}

/** restify takes only `async` functions of two arguments as handlers without `next`. */
export function handler(answer: (request: Request) => Promise<Reply>) {
  return async (request: Request, response: Response): Promise<void> => {
    const { status, body } = await answer(request)
    sendJson(response, status, body)
  }
}

export interface Access {
  readonly claims: Claims
  readonly conversation: Conversation
}

/** The conversation of the path, for its own token or the secret. */
export async function openConversation(request: Request, service: Service): Promise<Access> {
  const id = pathId(request)
  const caller = await readCaller(request, ['conversation'], service.tokens, service.options)
  if (caller.kind === 'anonymous') throw tokenMissing('This conversation is not open without a token.')
  if (caller.kind === 'token') ownOnly(caller.claims, id)
  const conversation = await service.conversations.get(id)
  const claims =
    caller.kind === 'token' ? caller.claims : { conversationId: id, userId: conversation.userId, origins: [] }
  return { claims, conversation }
}

/** @throws AppError token-foreign */
export function ownOnly({ conversationId }: Claims, id: string): void {
  if (conversationId === id) return
  throw new AppError('token-foreign', {
    detail: 'The token belongs to another conversation.',
    remedy: 'Use the token together with the conversationId it came with.',
  })
}

/** The id in the path, and for what cannot be one an id that nothing has. */
export function pathId(request: Request): string {
  const { id } = z.object({ id: z.string() }).parse(request.params)
  // Nothing else is ever an id, so it cannot be known; also keeps odd characters out of store keys.
  return isConversationId(id) ? id : 'unknown'
}
