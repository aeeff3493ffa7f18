import { ActivityTypes } from 'botbuilder'
import type { Request, Server } from 'restify'
import { logKey } from './conversations.ts'
import { readIncoming } from './incoming.ts'
import { PREFIX } from './options.ts'
import { toEntry } from './outgoing.ts'
import { handler, openConversation, type Reply, type Service } from './service.ts'
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

/**
 * Logs the activity, so that it is safe whatever the bot does, and runs the bot's turn meanwhile: what the bot sends
 * is logged after it. The answer comes when both are over; where either failed, the client posts again, and what is
 * there already stays there once.
 */
async function post(request: Request, service: Service): Promise<Reply> {
  const { conversation } = await openConversation(request, service)
  const { clock, logic, rates } = service.options
  rates?.message(conversation.id)
  const activity = readIncoming(request.body, conversation, clock())
  const id = activity.id ?? randomId()
  const logged = service.conversations.log(
    conversation.id,
    activity.type === ActivityTypes.Typing ? [] : [toEntry('user', id, activity)],
  )
  // Waited for below, which may be a moment after it failed.
  logged.catch(() => undefined)
  try {
    await service.adapter.receive(activity, logic, logged)
  } finally {
    await logged
    await service.conversations.leaveNothing(conversation.id)
  }
  return { status: 200, body: { id } }
}
