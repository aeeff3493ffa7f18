import type { Message } from '../../rendering/message.ts'
import { readCommand } from '../../understanding/command.ts'
import type { Delivery } from '../turns.ts'
import { composing, resolveCase, type Brain } from '../turn/brain.ts'
import { nextMessage } from '../turn/question.ts'
import type { Standing } from '../turn/standing.ts'
import type { Incoming, TurnResult } from '../turn/turn.ts'
import type { Asking, Desk } from './desk.ts'
import { toldMessage } from './messages.ts'
import type { HandoffReason } from './record.ts'

/** More misunderstandings in a row than this, and they are why a person is wanted. */
const MANY_MISSES = 2

/**
 * A turn of a conversation that a person may be wanted in, or be in already: then what is typed goes to the person
 * and the bot is silent. Deleting works all the same, at once.
 */
export async function takeTurnWithDesk(
  desk: Desk,
  brain: Brain,
  standing: Standing,
  delivery: Delivery,
  asOf: string,
  take: () => Promise<TurnResult> | TurnResult,
): Promise<TurnResult> {
  const { channelId, conversationId, activityId, incoming, reference } = delivery
  const current = standing.case
  const asking: Asking = {
    caseId: current.id,
    place: { channelId, conversationId, ...(reference === undefined ? {} : { reference }) },
    language: current.language,
    activityId,
  }
  const typed = deletes(brain, standing, incoming) ? undefined : typedText(incoming)
  const heard = typed === undefined ? undefined : await desk.hears(asking, typed)
  if (heard) {
    const again = heard.resume ? [question(brain, standing, asOf)] : []
    return { standing, replies: [...heard.replies, ...again] }
  }
  const result = await take()
  if (result.human && (await desk.exists())) {
    const reason: HandoffReason = standing.talk.misses > MANY_MISSES ? 'not-understood' : 'asked'
    const told = await desk.ask(asking, reason)
    return { ...result, replies: [...told, result.human] }
  }
  return result.forget ? result : quietly(desk, asking, result)
}

/** What is answered by a button while a person is there is taken; the bot says no more than that. */
async function quietly(desk: Desk, { caseId, language }: Asking, result: TurnResult): Promise<TurnResult> {
  const handoff = await desk.handoffs.get(caseId)
  if (handoff?.state !== 'assigned' || !handoff.owner) return result
  const { name } = handoff.owner
  return { ...result, replies: [toldMessage(desk.words, language, 'noted', { name })] }
}

function typedText(incoming: Incoming): string | undefined {
  if (incoming.kind === 'text') return incoming.text
  const rates = incoming.kind === 'payload' && incoming.payload.kind === 'command'
  return rates && incoming.payload.command === 'rate' ? (incoming.payload.argument ?? '') : undefined
}

function deletes({ lexicon, dialogs }: Brain, { talk }: Standing, incoming: Incoming): boolean {
  if (talk.pending?.kind === 'delete') return true
  return incoming.kind === 'text' && readCommand(lexicon, dialogs, incoming.text)?.kind === 'delete'
}

function question(brain: Brain, standing: Standing, asOf: string): Message {
  const { answers } = standing.case
  return nextMessage(composing(brain, standing.case), standing.case, resolveCase(brain, answers, asOf))
}
