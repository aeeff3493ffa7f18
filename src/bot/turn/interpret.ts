import { answerProblem, UNSURE, type AnswerValue } from '../../rules/answers.ts'
import { LANGUAGES } from '../../language.ts'
import type { Payload } from '../../rendering/message.ts'
import { isField, type FieldQuestion } from '../../interview/open-fields.ts'
import { keptField, leftOut } from './interpret-field.ts'
import { interpretText } from './interpret-text.ts'
import type { Meaning } from './meaning.ts'
import { PROVINCE } from './province.ts'
import type { Incoming, Turn } from './turn.ts'

/** What a message means at this point of the conversation; never a guess: what fits nothing is `none`. */
export function interpret(turn: Turn, incoming: Incoming): Meaning {
  if (incoming.kind === 'text') return interpretText(turn, incoming.text)
  if (incoming.kind === 'payload') return interpretPayload(turn, incoming.payload)
  if (incoming.kind === 'form') return incoming
  return { kind: incoming.kind }
}

function interpretPayload(turn: Turn, payload: Payload): Meaning {
  if (payload.kind === 'answer') return interpretButton(turn, payload)
  const { command, argument } = payload
  switch (command) {
    case 'language': {
      const language = LANGUAGES.find((known) => known === argument)
      return language ? { kind: 'command', command, language } : { kind: 'none' }
    }
    case 'edit':
      return { kind: 'command', command, question: argument }
    case 'unsure': {
      const open = turn.resolution.open?.question
      if (open && isField(open)) return leftOut(open, '')
      return open?.unsure
        ? { kind: 'answer', question: open.id, value: UNSURE, said: false }
        : { kind: 'none' }
    }
    case 'yes':
    case 'no': {
      const { pending } = turn.standing.talk
      return pending ? { kind: 'confirmed', pending, yes: command === 'yes' } : { kind: 'none' }
    }
    case 'rate':
      // Taken by the desk; without one there was nothing to rate.
      return { kind: 'none' }
    default:
      return { kind: 'command', command }
  }
}

function interpretButton(turn: Turn, payload: Extract<Payload, { kind: 'answer' }>): Meaning {
  const { brain, resolution, standing } = turn
  const asked = brain.dialogs.questions.get(payload.question)
  if (asked && isField(asked)) return interpretTyped(turn, asked, payload)
  const value = valueOf(turn, payload.question, payload.answer)
  const { question: id, version } = payload
  const open = resolution.open?.question
  const region = standing.talk.pending?.kind === 'province' && id === PROVINCE && open?.id !== id
  if (region && typeof value === 'string' && !answerProblem(brain.book, id, value) && value !== UNSURE)
    return { kind: 'province', region: value }
  // A question that is open takes its buttons from any card since the last restart.
  if (open?.id !== id || version < standing.case.epoch)
    return { kind: 'old-button', question: id, value, version }
  const fits = !answerProblem(brain.book, id, value) && (value !== UNSURE || open.unsure)
  return fits ? { kind: 'answer', question: id, value, said: false } : { kind: 'none' }
}

/** What was typed into the field of a question is read as if it had been written; an empty list keeps what was there. */
function interpretTyped(
  turn: Turn,
  asked: FieldQuestion,
  { answer, version }: Extract<Payload, { kind: 'answer' }>,
): Meaning {
  const { resolution, standing } = turn
  if (resolution.open?.question.id !== asked.id || version < standing.case.epoch)
    return { kind: 'old-button', question: asked.id, value: answer, version }
  const text = typeof answer === 'string' ? answer : answer.join(', ')
  if (text === UNSURE) return leftOut(asked, '')
  if (typeof answer === 'string') return interpretText(turn, text)
  return (answer.length === 0 ? keptField(turn, asked) : undefined) ?? interpretText(turn, text)
}

/** An Adaptive Card joins several choices with commas; the widget sends a list. */
function valueOf({ brain }: Turn, question: string, answer: string | readonly string[]): AnswerValue {
  const several = brain.book.keys.get(question)?.type === 'choices'
  if (!several || typeof answer !== 'string' || answer === UNSURE) return answer
  return answer
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
