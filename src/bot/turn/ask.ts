import { ask, type AskResult, type Told } from '../../understanding/ask/ask.ts'
import { answersOnPath } from '../../interview/resolve.ts'
import type { Block, Statement } from '../../rendering/message.ts'
import { command, confidenceNote, say, sourceLines, type Composing } from '../../rendering/compose/context.ts'
import { askAgain } from './question.ts'
import type { Turn, TurnResult } from './turn.ts'

/** Answers what is asked in the middle of the interview, and puts the very same question again. */
export function answerAsked(turn: Turn, text: string): TurnResult {
  const { brain, on, asOf, resolution } = turn
  const result = ask(brain, brain.asks(), {
    question: text,
    lang: on.language,
    context: { answers: answersOnPath(resolution) },
    asOf,
  })
  const actions = result.known ? [] : [command(on, 'action-human', 'human')]
  const asked = askAgain(turn, askBlocks(on, result), { actions })
  return result.known || result.outOfScope ? asked : { ...asked, unanswered: text }
}

/** What the facts say to a question. */
export function askBlocks(on: Composing, result: AskResult): readonly Block[] {
  const rest = [...result.changes, ...(result.followUp ? [result.followUp.text] : [])]
  return [
    { kind: 'text', text: result.answer, tone: result.known ? 'plain' : 'notice' },
    ...(result.facts.length === 0
      ? []
      : [
          {
            kind: 'statements',
            title: say(on, 'reasons'),
            items: result.facts.map((fact) => item(on, fact)),
          } as const,
        ]),
    ...(result.known || result.alternatives.length === 0
      ? []
      : [
          {
            kind: 'statements',
            title: say(on, 'ask-nearby'),
            folded: true,
            items: result.alternatives.map((fact) => item(on, fact)),
          } as const,
        ]),
    ...rest.map((text) => ({ kind: 'text', tone: 'notice', text }) as const),
  ]
}

function item(on: Composing, fact: Told): Statement {
  return {
    id: fact.id,
    text: fact.text,
    ...(fact.note === undefined ? {} : { note: fact.note }),
    sources: sourceLines(fact.sources),
    ...confidenceNote(on, fact.confidence),
  }
}
