import type { DeskCard } from '../../../rendering/desk-card.ts'
import type { Block } from '../../../rendering/message.ts'
import { ask } from '../../../understanding/ask/ask.ts'
import { card, factButtons, short, speak, type Asking } from './asking.ts'
import { line } from './entries.ts'

/** In characters. The facts in full are a button away. */
const LONGEST_ANSWER = 400

/** Anything asked about the rules: the answer, short, with what it rests on. */
export function answerStaff(asking: Asking): DeskCard {
  const { brain, language, asOf, rest } = asking
  const result = ask(brain, brain.asks(), { question: rest, lang: language, asOf })
  const facts = result.known ? result.facts : result.alternatives
  const rests: readonly Block[] =
    facts.length === 0
      ? []
      : [
          {
            kind: 'statements',
            title: speak(asking, result.known ? 'sources' : 'nearby'),
            items: facts.map((fact) => line(asking, fact)),
          },
        ]
  const text =
    result.known || result.outOfScope ? short(result.answer, LONGEST_ANSWER) : speak(asking, 'not-known')
  return card(
    asking,
    [
      { kind: 'text', tone: result.known ? 'plain' : 'notice', text },
      ...rests,
      ...(result.followUp === undefined
        ? []
        : [{ kind: 'text', tone: 'notice', text: result.followUp.text } as const]),
    ],
    factButtons(
      asking,
      facts.map(({ id }) => id),
    ),
  )
}
