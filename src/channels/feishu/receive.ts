import type { Inbound } from '../messaging/channel.ts'
import type { Threads } from '../messaging/threads.ts'
import { readEvent, type Reading } from './events.ts'
import { textOf } from './message-text.ts'
import type { PersonalChats } from './personal-chats.ts'

export interface ReceiveOptions {
  readonly appId: string
  readonly accept: (inbound: Inbound) => Promise<void>
  readonly threads: Threads
  readonly personalChats: PersonalChats
  /** The bot's own id among those mentioned. */
  readonly bot: () => Promise<string>
  /** A person's name; undefined where it cannot be had. */
  readonly nameOf: (person: string) => Promise<string | undefined>
}

/**
 * Takes what Feishu delivered, verified. Once it resolves, what was meant for the assistant is kept, and Feishu may be
 * told so. @returns what Feishu wants to hear back, if anything
 */
export async function receive(body: unknown, options: ReceiveOptions): Promise<string | undefined> {
  const reading = readEvent(body, options.appId)
  switch (reading.kind) {
    case 'challenge':
      return reading.challenge
    case 'message':
      await receiveMessage(reading, options)
      return undefined
    case 'press':
      await receivePress(reading, options)
      return undefined
    case 'nothing':
      return undefined
  }
}

async function receiveMessage(
  { inbound, content, mentions }: Extract<Reading, { kind: 'message' }>,
  options: ReceiveOptions,
): Promise<void> {
  const { accept, threads, personalChats, bot } = options
  const own = mentions.length === 0 ? undefined : await bot()
  if (inbound.chatKind === 'group') {
    const addressed = own !== undefined && mentions.some(({ id }) => id?.open_id === own)
    if (addressed) await threads.join(inbound)
    else if (!(await threads.has(inbound))) return
  } else await personalChats.add(inbound)
  await accept(await named({ ...inbound, text: textOf(content, mentions, own) }, options))
}

/** In threads there are groups only; elsewhere it takes a message of before to know. */
async function receivePress(
  { inbound, thread, inThread }: Extract<Reading, { kind: 'press' }>,
  options: ReceiveOptions,
): Promise<void> {
  const { accept, threads, personalChats } = options
  const personal = !inThread && (await personalChats.has(inbound))
  const whole: Inbound = personal
    ? { ...inbound, chatKind: 'personal' }
    : { ...inbound, chatKind: 'group', thread }
  // Who presses a button talks to the assistant from there on.
  if (!personal) await threads.join(whole)
  await accept(await named(whole, options))
}

async function named(inbound: Inbound, { nameOf }: ReceiveOptions): Promise<Inbound> {
  const senderName = await nameOf(inbound.sender)
  return senderName === undefined ? inbound : { ...inbound, senderName }
}
