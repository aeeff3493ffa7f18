import { ActivityTypes, type Activity } from 'botbuilder'
import type { Request, Server } from 'restify'
import { storeFault } from '../../store/fault.ts'
import { logKey, type Conversation } from './conversations.ts'
import { readIncoming } from './incoming.ts'
import { answerMeanwhile } from './meanwhile.ts'
import { PREFIX } from './options.ts'
import { toEntry } from './outgoing.ts'
import { handler, openConversation, pathId, type Reply, type Service } from './service.ts'
import { randomId } from './tokens.ts'
import { readWatermark, watermarkOf } from './watermark.ts'

/** Most activities in one answer; a client reads on with the watermark it got. */
const PAGE = 250

/** GET and POST conversations/:id/activities. */
export function mountActivityRoutes(server: Server, service: Service): void {
  const path = `${PREFIX}/conversations/:id/activities`
  server.get(
    path,
    handler((request) => read(request, service)),
  )
  server.post(
    path,
    handler((request) => post(request, service)),
  )
}

async function read(request: Request, service: Service): Promise<Reply> {
  const { conversation } = await openConversation(request, service)
  const watermark = await readWatermark(
    watermarkOf(request),
    service.options.store.logs,
    logKey(conversation.id),
  )
  return { status: 200, body: await service.conversations.read(conversation.id, watermark, PAGE) }
}

/** Takes a message; where the store is away, the bot may answer all the same, beside the error. */
async function post(request: Request, service: Service): Promise<Reply> {
  const { clock, rates } = service.options
  let activity: Partial<Activity> | undefined
  try {
    const { conversation } = await openConversation(request, service)
    rates?.message(conversation.id)
    activity = readIncoming(request.body, conversation, clock())
    return await take(activity, conversation.id, service)
  } catch (error) {
    if (storeFault(error)) {
      // The token was good, but nothing is known of its conversation.
      if (!activity) rates?.message(pathId(request))
      activity ??= readIncoming(request.body, unread(pathId(request)), clock())
      answerMeanwhile(service.options, error, activity)
    }
    throw error
  }
}

/**
 * Logs the activity, so that it is safe whatever the bot does, and runs the bot's turn meanwhile: what the bot sends
 * is logged after it. The answer comes when both are over; where either failed, the client posts again, and what is
 * there already stays there once.
 */
async function take(activity: Partial<Activity>, conversationId: string, service: Service): Promise<Reply> {
  const id = activity.id ?? randomId()
  const logged = service.conversations.log(
    conversationId,
    activity.type === ActivityTypes.Typing ? [] : [toEntry('user', id, activity)],
  )
  // Waited for below, which may be a moment after it failed.
  logged.catch(() => undefined)
  try {
    await service.adapter.receive(activity, service.options.logic, logged)
  } finally {
    await logged
    await service.conversations.leaveNothing(conversationId)
  }
  return { status: 200, body: { id } }
}

function unread(id: string): Conversation {
  return { id, userId: '', locale: undefined, startedAt: 0, greeted: true }
}
