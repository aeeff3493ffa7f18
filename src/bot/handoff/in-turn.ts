import type { Message } from '../../rendering/message.ts'
import { readCommand } from '../../understanding/command.ts'
import { isPersonal } from '../personal-values.ts'
import type { Delivery } from '../turns.ts'
import { composing, resolveCase, type Brain } from '../turn/brain.ts'
import { nextMessage } from '../turn/question.ts'
import type { Standing } from '../turn/standing.ts'
import type { Incoming, TurnResult } from '../turn/turn.ts'
import type { Asking, Desk, Said } from './desk.ts'
import { shownName, toldMessage } from './messages.ts'
import type { HandoffReason } from './record.ts'

/** More misunderstandings in a row than this, and they are why a person is wanted. */
const MANY_MISSES = 2

/**
 * A turn of a conversation that a person may be wanted in, or be in already: then what is typed goes to the person
 * and the bot is silent. Deleting and withdrawing a consent work all the same, at once.
 */
export async function takeTurnWithDesk(
  desk: Desk,
  brain: Brain,
  standing: Standing,
  delivery: Delivery,
  asOf: string,
  take: () => Promise<TurnResult> | TurnResult,
): Promise<TurnResult> {
  const { activityId, incoming } = delivery
  const current = standing.case
  const asking: Asking = {
    caseId: current.id,
    // Worked out where it is needed: few turns are part of a hand-off.
    get place() {
      const { channelId, conversationId, reference } = delivery
      return { channelId, conversationId, ...(reference === undefined ? {} : { reference }) }
    },
    language: current.language,
    activityId,
  }
  const said = deletes(brain, standing, incoming) ? undefined : saidIn(incoming)
  const heard = said && (await desk.hears(asking, said, () => isPublic(brain, standing, asOf)))
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
  // Whoever takes a consent back is told what went.
  return result.forget || ownRight(brain, incoming) ? result : quietly(desk, asking, incoming, result)
}

/**
 * What is answered by a button while a person is there is taken; the bot says no more than that. To whoever comes
 * back it says nothing: what was said so far stands there.
 */
async function quietly(
  desk: Desk,
  { caseId, language }: Asking,
  incoming: Incoming,
  result: TurnResult,
): Promise<TurnResult> {
  const handoff = await desk.handoffs.get(caseId)
  if (handoff?.state !== 'assigned' || !handoff.owner) return result
  if (incoming.kind === 'hello') return { ...result, replies: [] }
  const name = shownName(desk.words, language, handoff.owner.name, handoff.owner.user)
  return { ...result, replies: [toldMessage(desk.words, language, 'noted', { name })] }
}

function saidIn(incoming: Incoming): Said | undefined {
  if (incoming.kind === 'text') return { kind: 'text', text: incoming.text }
  if (incoming.kind !== 'payload' || incoming.payload.kind !== 'command') return undefined
  const { command, argument = '' } = incoming.payload
  return command === 'rate' && /^[1-5]$/.test(argument)
    ? { kind: 'rating', rating: Number(argument) }
    : undefined
}

/** Whether what is typed now can be no answer to a question about a person. */
function isPublic(brain: Brain, { case: current }: Standing, asOf: string): boolean {
  const { open } = resolveCase(brain, current.answers, asOf)
  return open === undefined || !isPersonal(brain.dialogs, open.question.id)
}

function deletes({ lexicon, dialogs }: Brain, { talk }: Standing, incoming: Incoming): boolean {
  if (talk.pending?.kind === 'delete' || ownRight({ lexicon, dialogs }, incoming)) return true
  return incoming.kind === 'text' && readCommand(lexicon, dialogs, incoming.text)?.kind === 'delete'
}

function ownRight({ lexicon, dialogs }: Pick<Brain, 'lexicon' | 'dialogs'>, incoming: Incoming): boolean {
  const said =
    incoming.kind === 'text'
      ? readCommand(lexicon, dialogs, incoming.text)?.kind
      : incoming.kind === 'payload' && incoming.payload.kind === 'command' && incoming.payload.command
  return said === 'withdraw' || said === 'withdraw-identity'
}

function question(brain: Brain, standing: Standing, asOf: string): Message {
  const { answers } = standing.case
  return nextMessage(composing(brain, standing.case), standing.case, resolveCase(brain, answers, asOf))
}
