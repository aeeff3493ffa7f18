import type { LoggedActivity, StubbornClient } from './client.ts'
import { pureTalker } from '../support/talker.ts'
import type { Message } from '../../src/rendering/message.ts'

/**
 * Replays what a conversation's people said through the pure turn and compares with what every client was told.
 * A lost answer, a doubled reply, a reply of another case or another order shows as the first difference.
 * @returns what is wrong; empty when nothing is
 */
export async function checkConversation(client: StubbornClient): Promise<readonly string[]> {
  const { read, acknowledged, conversationId } = client
  const problems: string[] = []
  const say = (problem: string) => problems.push(`${conversationId}: ${problem}`)

  const ids = read.map(({ from, id }) => `${from.role} ${id}`)
  if (new Set(ids).size !== ids.length) say('an activity was told twice')
  const own = read.filter(({ from }) => from.role === 'user')
  const sent = own.map(({ channelData }) => channelData?.clientActivityID ?? '')
  for (const id of acknowledged) if (!sent.includes(id)) say(`the acknowledged message ${id} is not there`)
  if (new Set(sent).size !== sent.length) say('a message of the user is there twice')

  const told = read.filter(({ from }) => from.role === 'bot').map(({ channelData }) => channelData?.message)
  const expected = await replay(client.language, own)
  told.forEach((message, at) => {
    if (JSON.stringify(message) !== JSON.stringify(expected[at]) && problems.length < 3)
      say(`reply ${at + 1} is ${excerpt(message)} instead of ${excerpt(expected[at])}`)
  })
  if (told.length < expected.length) say(`${expected.length - told.length} replies are missing`)
  return problems
}

async function replay(
  language: StubbornClient['language'],
  own: readonly LoggedActivity[],
): Promise<readonly Message[]> {
  const talker = pureTalker(language, TODAY)
  const replies = [...(await talker.hello())]
  for (const { text = '', value } of own)
    replies.push(...(value ? await talker.press(value, text) : await talker.text(text)))
  // As it comes over the wire: without the members that JSON leaves out.
  return JSON.parse(JSON.stringify(replies)) as readonly Message[]
}

const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
/** How far the clocks of the servers stand off, so that it is about noon of that day there. */
export const NOON_OFFSET_MS = Date.parse(`${TODAY}T12:00:00+08:00`) - Date.now()

function excerpt(message: Message | undefined): string {
  return message === undefined ? 'nothing' : JSON.stringify(message.blocks[0]).slice(0, 120)
}
