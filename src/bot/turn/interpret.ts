import { answerProblem, UNSURE, type AnswerValue } from '../../rules/answers.ts'
import type { Language } from '../../language.ts'
import { LANGUAGES } from '../../language.ts'
import type { Payload } from '../../rendering/message.ts'
import { say } from '../../rendering/compose/context.ts'
import { readAnswer } from '../../understanding/answer.ts'
import { readCommand } from '../../understanding/command.ts'
import { bare, normalise } from '../../understanding/normalise.ts'
import type { Pending } from './standing.ts'
import type { Incoming, Turn } from './turn.ts'

/** Longer than any answer; what is behind it would only be guessed at. */
export const MAX_TEXT = 1000

export type CommandMeaning =
  | { readonly kind: 'command'; readonly command: PlainCommand }
  | { readonly kind: 'command'; readonly command: 'language'; readonly language: Language }
  | { readonly kind: 'command'; readonly command: 'edit'; readonly question: string | undefined }
export type PlainCommand = 'help' | 'back' | 'summary' | 'restart' | 'why' | 'human' | 'delete'

export interface AnswerMeaning {
  readonly kind: 'answer'
  readonly question: string
  readonly value: AnswerValue
  /** Typed in other words than the option's own: what was understood is then said. */
  readonly said: boolean
}

export interface ButtonMeaning {
  readonly kind: 'old-button'
  readonly question: string
  readonly value: AnswerValue
  readonly version: number
}

export type Meaning =
  | CommandMeaning
  | AnswerMeaning
  | ButtonMeaning
  | { readonly kind: 'confirmed'; readonly pending: Pending; readonly yes: boolean }
  | { readonly kind: 'ambiguous'; readonly values: readonly string[] }
  | { readonly kind: 'hello' | 'attachment' | 'empty' | 'too-long' | 'none' }

/** What a message means at this point of the conversation; never a guess: what fits nothing is `none`. */
export function interpret(turn: Turn, incoming: Incoming): Meaning {
  if (incoming.kind === 'text') return interpretText(turn, incoming.text)
  if (incoming.kind === 'payload') return interpretPayload(turn, incoming.payload)
  return { kind: incoming.kind }
}

function interpretText(turn: Turn, text: string): Meaning {
  const { brain, standing, resolution } = turn
  if (text.length > MAX_TEXT) return { kind: 'too-long' }
  // A lone "?" is a call for help, other marks alone say nothing.
  const command = readCommand(brain.lexicon, brain.dialogs, text)
  if (command === undefined && bare(text) === '') return { kind: 'empty' }
  const polarity = brain.lexicon.polarity.get(bare(text))
  if (standing.talk.pending && polarity)
    return { kind: 'confirmed', pending: standing.talk.pending, yes: polarity === 'yes' }
  if (command?.kind === 'language')
    return { kind: 'command', command: 'language', language: command.language }
  if (command?.kind === 'edit') return { kind: 'command', command: 'edit', question: command.question }
  if (command) return { kind: 'command', command: command.kind }
  if (standing.talk.pending?.kind === 'edit') {
    const named = readCommand(brain.lexicon, brain.dialogs, `${brain.lexicon.edit[0] ?? ''} ${text}`)
    if (named?.kind === 'edit' && named.question !== undefined)
      return { kind: 'command', command: 'edit', question: named.question }
  }
  if (!resolution.open) return { kind: 'none' }
  const { question } = resolution.open
  const aside = previousAnswer(turn, question.id)
  if (aside !== undefined && normalise(text) === normalise(say(turn.on, 'keep')))
    return { kind: 'answer', question: question.id, value: aside, said: false }
  const reading = readAnswer(brain.book, brain.lexicon, question, text)
  if (reading.kind === 'answer')
    return { kind: 'answer', question: question.id, value: reading.value, said: true }
  return reading.kind === 'ambiguous' ? reading : { kind: 'none' }
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
      return open?.unsure
        ? { kind: 'answer', question: open.id, value: UNSURE, said: false }
        : { kind: 'none' }
    }
    case 'yes':
    case 'no': {
      const { pending } = turn.standing.talk
      return pending ? { kind: 'confirmed', pending, yes: command === 'yes' } : { kind: 'none' }
    }
    default:
      return { kind: 'command', command }
  }
}

function interpretButton(turn: Turn, payload: Extract<Payload, { kind: 'answer' }>): Meaning {
  const { brain, resolution, standing } = turn
  const value = valueOf(turn, payload.question, payload.answer)
  const { question: id, version } = payload
  const open = resolution.open?.question
  // A question that is open takes its buttons from any card since the last restart.
  if (open?.id !== id || version < standing.case.epoch)
    return { kind: 'old-button', question: id, value, version }
  const fits = !answerProblem(brain.book, id, value) && (value !== UNSURE || open.unsure)
  return fits ? { kind: 'answer', question: id, value, said: false } : { kind: 'none' }
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

/** The answer a reopened question had. */
export function previousAnswer({ standing }: Turn, question: string): AnswerValue | undefined {
  const { aside } = standing.case
  return Object.hasOwn(aside, question) ? aside[question] : undefined
}
