import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Payload, Platform, Target } from '../messaging/channel.ts'
import { Refused } from '../messaging/delivery-error.ts'
import type { AppApi } from './app-api.ts'
import type { BotConnection } from './bot-connection.ts'
import { replySchema } from './bot-events.ts'
import { readChat, type Chat } from './chats.ts'
import { checkOutcome, mayPass, Unsure } from './outcome.ts'
import { Repeats, REPEAT_SECONDS } from './repeats.ts'
import { Replies } from './replies.ts'
import { APP_LIMITS, BOT_LIMITS, messageSchema, toWecom } from './template-card.ts'

export interface PlatformOptions {
  readonly bot: Pick<BotConnection, 'command'> | undefined
  readonly app: AppApi | undefined
  readonly clock: () => Date
}

type Message = z.infer<typeof messageSchema>
type BotChat = Extract<Chat, { way: 'bot' }>

/** Below a message stands what answers it, not what is said there later. WeCom's own bound is six to ten minutes. */
const REPLY_MS = 5 * 60_000
/** The reply came too late, or was finished before. */
const OVER = 846608
/** WeCom leaves out what says the same within this time: what it took, though we never heard so. */
const CHECK = { enable_duplicate_check: 1, duplicate_check_interval: REPEAT_SECONDS } as const

/**
 * WeCom, both ways. A message sent again shows once where WeCom knows how: a card by its task id, a reply by its
 * request, a text of the app by WeCom's check for repetitions.
 */
export function wecomPlatform({ bot, app, clock }: PlatformOptions): Platform {
  const limits = app ? APP_LIMITS : BOT_LIMITS
  const repeats = new Repeats(clock)
  const replies = new Replies(clock)

  async function send(target: Target, payload: Payload, key: string): Promise<string | undefined> {
    const chat = readChat(target.chat)
    const message = withTask(messageSchema.parse(payload), key)
    if (chat?.way === 'bot' && bot) {
      if (message.msgtype === 'markdown' && (await reply(bot, target, message.markdown.content, key))) return
      return say(bot, chat, message)
    }
    if (chat?.way !== 'app' || !app) throw noWay()
    const body = z.record(z.string(), z.json()).parse(message)
    const check = repeats.isRepeated(target.chat, JSON.stringify(body), key) ? {} : CHECK
    return app.send(chat.user, { ...body, ...check })
  }

  /** @returns whether it stands there now; where not, it can still be said */
  async function reply(
    { command }: Bot,
    { replyWith }: Target,
    content: string,
    key: string,
  ): Promise<boolean> {
    const { request, at = 0 } = replySchema.safeParse(replyWith).data ?? {}
    if (request === undefined || clock().getTime() - at > REPLY_MS) return false
    const open = replies.take(request, key)
    if (!open) return false
    const stream = { id: idOf(key), finish: true, content }
    const code = await command(REPLY, { msgtype: 'stream', stream }, request).catch((error: unknown) => {
      if (error instanceof Unsure) open.state = 'unsure'
      throw error
    })
    // In time, and yet over: the attempt of which we heard nothing has finished it.
    if (code === 0 || (code === OVER && open.state === 'unsure')) return true
    if (mayPass(code)) checkOutcome(REPLY, code)
    open.state = 'over'
    return false
  }
  return { channel: 'wecom', limits, convert: (activity) => toWecom(activity, limits), send }
}

type Bot = Pick<BotConnection, 'command'>
const REPLY = 'aibot_respond_msg'
const SAY = 'aibot_send_msg'

async function say({ command }: Bot, chat: BotChat, message: Message): Promise<undefined> {
  const body = z.record(z.string(), z.json()).parse(message)
  const to = { chatid: chat.id, chat_type: chat.kind === 'single' ? 1 : 2 }
  checkOutcome(SAY, await command(SAY, { ...to, ...body }))
}

/** The same card has the same task id however often it is sent. */
function withTask(message: Message, key: string): Message {
  if (message.msgtype === 'markdown') return message
  return { ...message, template_card: { ...message.template_card, task_id: idOf(key) } }
}

function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40)
}

function noWay(): Refused {
  return new Refused(
    'wecom',
    'the way to this chat is not switched on',
    'Set the WECOM_BOT_ or the app variables; docs/channels/wecom.md.',
  )
}
