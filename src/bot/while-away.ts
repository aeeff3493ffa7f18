import { newCase } from '../interview/case.ts'
import { nearestLanguage } from '../language.ts'
import { say } from '../rendering/compose/context.ts'
import type { Block, Message } from '../rendering/message.ts'
import { storeFault } from '../store/fault.ts'
import { isUncertain } from '../store/uncertain.ts'
import { ask } from '../understanding/ask/ask.ts'
import { isQuestion } from '../understanding/talk.ts'
import { dayInShanghai } from './today.ts'
import { askBlocks } from './turn/ask.ts'
import { composing, type Brain } from './turn/brain.ts'
import type { Incoming } from './turn/turn.ts'

export interface WhileAwayOptions {
  readonly brain: Brain
  readonly clock: () => Date
}

/** @returns what to say where a turn failed with `error`; undefined where it was not the store */
export type WhileAway = (
  error: unknown,
  incoming: Incoming,
  locale: string | undefined,
) => Message | undefined

/**
 * What is said while the store is away: the answer of the facts to what was asked, which needs no store, and that
 * nothing was saved. Nothing is known of the case then, so the answer is a general one.
 */
export function createWhileAway({ brain, clock }: WhileAwayOptions): WhileAway {
  return (error, incoming, locale) => {
    const fault = storeFault(error)
    if (!fault) return undefined
    const now = clock()
    const on = composing(brain, newCase('', nearestLanguage(locale) ?? 'zh-CN', now))
    const blocks: Block[] = []
    if (incoming.kind === 'text' && isQuestion(brain.lexicon, incoming.text)) {
      const question = { question: incoming.text, lang: on.language, asOf: dayInShanghai(now) }
      const result = ask(brain, brain.asks(), { ...question, context: { answers: {} } })
      if (result.known) blocks.push(...askBlocks(on, result))
    }
    const text = say(on, isUncertain(fault) ? 'store-unsure' : 'store-away')
    return { language: on.language, blocks: [...blocks, { kind: 'text', tone: 'notice', text }] }
  }
}
