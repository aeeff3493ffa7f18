import type { Language } from '../../language.ts'
import type { Brain } from './brain.ts'
import { composing } from './brain.ts'
import { welcomeMessage } from './greet.ts'
import type { Standing } from './standing.ts'
import { takeTurn } from './take-turn.ts'
import type { Incoming, TurnResult } from './turn.ts'

/**
 * The first turn of a case. Where somebody writes before they were greeted, the greeting comes with the answer,
 * in the language they wrote in; a text that fits nothing yet is taken as a hello.
 */
export function takeFirstTurn(
  brain: Brain,
  standing: Standing,
  incoming: Incoming,
  asOf: string,
  now?: Date,
): TurnResult {
  if (incoming.kind === 'hello') return takeTurn(brain, standing, incoming, asOf, now)
  const language = incoming.kind === 'text' ? spokenLanguage(incoming.text) : undefined
  const spoken = language ? { ...standing, case: { ...standing.case, language } } : standing
  const result = takeTurn(brain, spoken, incoming, asOf, now)
  if (result.standing.talk.misses > 0) return takeTurn(brain, spoken, { kind: 'hello' }, asOf, now)
  const welcome = welcomeMessage(composing(brain, result.standing.case))
  return { ...result, replies: [welcome, ...result.replies] }
}

/** The language a text is in, where its letters tell; digits and marks tell nothing. */
export function spokenLanguage(text: string): Language | undefined {
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN'
  return /\p{Script=Latin}{2}/u.test(text) ? 'en' : undefined
}
