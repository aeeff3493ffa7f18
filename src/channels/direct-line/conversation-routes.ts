import { ActivityTypes } from 'botbuilder'
import type { Request, Server } from 'restify'
import { z } from 'zod'
import { readCaller, tokenMissing } from './access.ts'
import { BOT, logKey, referenceOf, type Conversation } from './conversations.ts'
import { addressOf } from './incoming.ts'
import { firstLanguage, readLocale } from './locale.ts'
import { PREFIX } from './options.ts'
import { storeFault } from '../../store/fault.ts'
import { handler, openConversation, type Reply, type Service } from './service.ts'
import { openSession } from './session.ts'
import { claimsBySecret } from './token-routes.ts'
import { readWatermark, watermarkOf } from './watermark.ts'

/** POST conversations (start) and GET conversations/:id (reconnect). */
export function mountConversationRoutes(server: Server, service: Service): void {
  server.post(
    `${PREFIX}/conversations`,
    handler((request) => start(request, service)),
  )
  server.get(
    `${PREFIX}/conversations/:id`,
    handler((request) => reconnect(request, service)),
  )
}

/** 201 for a first start, 200 for a conversation that is already there. */
async function start(request: Request, service: Service): Promise<Reply> {
  const { tokens, options, conversations } = service
  const caller = await readCaller(request, ['conversation'], tokens, options)
  if (caller.kind === 'anonymous') throw tokenMissing('A conversation cannot be started without a token.')
  const claims = caller.kind === 'token' ? caller.claims : claimsBySecret(request.body)
  const wanted: Conversation = {
    id: claims.conversationId,
    userId: claims.userId,
    locale: localeOf(request),
    startedAt: options.clock().getTime(),
    greeted: false,
  }
  const created = await conversations.create(wanted)
  const conversation = created ? wanted : await conversations.get(wanted.id)
  // Until the bot is known to have been told it is told again, under the same activity id: a start that died half
  // way is made good by the next one, and two starts at once are one to a bot that knows its activities.
  if (!conversation.greeted) await greet(conversation, service)
  else await welcomeBack(conversation, service)
  return { status: created ? 201 : 200, body: await openSession(tokens, claims, request, options) }
}

async function reconnect(request: Request, service: Service): Promise<Reply> {
  const { claims, conversation } = await openConversation(request, service)
  const watermark = await readWatermark(
    watermarkOf(request),
    service.options.store.logs,
    logKey(conversation.id),
  )
  await welcomeBack(conversation, service)
  return {
    status: 200,
    body: await openSession(service.tokens, claims, request, service.options, watermark || undefined),
  }
}

/**
 * Tells the bot of the conversation. A bot that fails here does not keep anybody from talking to it; but where the
 * store failed the greeting may be saved and not told, so the start fails too, and the client begins again.
 */
async function greet(
  conversation: Conversation,
  { adapter, conversations, options }: Service,
): Promise<void> {
  const address = addressOf(conversation)
  try {
    await adapter.receive(
      {
        type: ActivityTypes.ConversationUpdate,
        ...address,
        id: `${conversation.id}|start`,
        timestamp: options.clock(),
        locale: conversation.locale,
        membersAdded: [
          { ...BOT, name: '' },
          { id: conversation.userId, name: '', role: 'user' },
        ],
      },
      options.logic,
    )
    await conversations.markGreeted(conversation.id)
  } catch (error) {
    const fault = storeFault(error)
    if (fault) throw fault
    options.log.error({ err: error }, 'The bot failed at the start of a conversation')
  }
}

async function welcomeBack(conversation: Conversation, { adapter, options }: Service): Promise<void> {
  try {
    await options.onReconnect?.(referenceOf(conversation), adapter)
  } catch (error) {
    options.log.error({ err: error }, 'onReconnect failed')
  }
}

const localeSchema = z.object({ locale: z.string().max(35) })

function localeOf(request: Request): string | undefined {
  const body = localeSchema.safeParse(request.body)
  return (
    (body.success ? readLocale(body.data.locale) : undefined) ??
    firstLanguage(request.headers['accept-language'])
  )
}
