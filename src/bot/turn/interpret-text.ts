import { optionsOf } from '../../interview/dialogs.ts'
import { isField } from '../../interview/open-fields.ts'
import type { Question } from '../../interview/schema.ts'
import { answersOnPath } from '../../interview/resolve.ts'
import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import { say } from '../../rendering/compose/context.ts'
import { readAnswer } from '../../understanding/answer.ts'
import { readCommand } from '../../understanding/command.ts'
import { readCorrection } from '../../understanding/correction.ts'
import { readMany } from '../../understanding/many.ts'
import { normalise } from '../../understanding/normalise.ts'
import { namedNumber } from '../../understanding/ordinals.ts'
import { readPolarity } from '../../understanding/polarity.ts'
import { classify, type Talk } from '../../understanding/talk.ts'
import { interpretField } from './interpret-field.ts'
import type { CommandMeaning, Meaning, SmallTalk, TalkAbout } from './meaning.ts'
import { SMALL_TALK } from './meaning.ts'
import { optionNamed } from './option-named.ts'
import { PROVINCE } from './province.ts'
import { previousAnswer, type Turn } from './turn.ts'

/** Longer than any answer; what is behind it would only be guessed at. */
export const MAX_TEXT = 1000

/** What a typed message means: a command first, then what was asked, then what is said; else nothing. */
export function interpretText(turn: Turn, text: string): Meaning {
  if (text.length > MAX_TEXT) return { kind: 'too-long' }
  const command = commandIn(turn, text)
  if (command) return command
  const confirmed = confirmation(turn, text)
  if (confirmed) return confirmed
  const open = turn.resolution.open?.question
  if (open && isField(open)) return interpretField(turn, open, text, () => correction(turn, text), small)
  const chosen = option(turn, text)
  if (chosen) return chosen
  const talk = classify(turn.brain.lexicon, text)
  switch (talk.kind) {
    case 'empty':
    case 'too-long':
      return { kind: talk.kind }
    case 'insult':
    case 'instruction':
    case 'third-language':
      return { kind: 'talk', about: talk.kind }
    default:
      return said(turn, text, talk)
  }
}

function commandIn({ brain, standing, resolution }: Turn, text: string): CommandMeaning | undefined {
  const command = readCommand(brain.lexicon, brain.dialogs, text)
  if (command?.kind === 'language')
    return { kind: 'command', command: 'language', language: command.language }
  if (command?.kind === 'edit') {
    // "Change the province" fits two questions; only one of them may have been answered.
    const answered = resolution.path.filter(({ question }) => command.fits?.includes(question.id))
    const only = answered.length === 1 ? answered[0]?.question.id : undefined
    return { kind: 'command', command: 'edit', question: command.question ?? only }
  }
  if (command) return { kind: 'command', command: command.kind }
  if (standing.talk.pending?.kind !== 'edit') return undefined
  // It was asked which answer to change: its name alone says so.
  const named = readCommand(brain.lexicon, brain.dialogs, `${brain.lexicon.edit[0] ?? ''} ${text}`)
  return named?.kind === 'edit' && named.question !== undefined
    ? { kind: 'command', command: 'edit', question: named.question }
    : undefined
}

function confirmation({ brain, standing, resolution }: Turn, text: string): Meaning | undefined {
  const { pending } = standing.talk
  if (pending?.kind === 'among') {
    // The numbers of what was offered, not those of the whole list.
    const value = pending.values[(namedNumber(text) ?? 0) - 1]
    return value !== undefined && resolution.open?.question.id === pending.question
      ? { kind: 'answer', question: pending.question, value, said: true }
      : undefined
  }
  if (pending?.kind === 'province') return namedRegion(brain, text)
  const polarity = pending && readPolarity(brain.lexicon, text)
  if (!pending || polarity === undefined || polarity === 'unsure') return undefined
  return { kind: 'confirmed', pending, yes: polarity === 'yes' }
}

/** A question in between is answered as any other, and the interview goes on. */
function namedRegion({ book, lexicon, dialogs }: Turn['brain'], text: string): Meaning | undefined {
  const question = dialogs.questions.get(PROVINCE)
  const reading = question && readAnswer(book, lexicon, question, text)
  return reading?.kind === 'answer' && typeof reading.value === 'string' && reading.value !== UNSURE
    ? { kind: 'province', region: reading.value }
    : undefined
}

function said(turn: Turn, text: string, talk: Talk): Meaning {
  const open = turn.resolution.open?.question
  if (talk.kind === 'question') return { kind: 'question', text }
  const taken = correction(turn, text)
  // "No, it is Zhejiang" takes an answer back; it is no "no" to the question that happens to be open.
  if (taken?.kind === 'several') return taken
  if (taken?.kind === 'correction' && !couldMean(turn, open, taken.value)) return taken
  return (open && kept(turn, open, text)) ?? answers(turn, open, text) ?? taken ?? small(talk)
}

/** Whether the open question could be answered with that value as well: then it is asked first. */
function couldMean({ brain }: Turn, open: Question | undefined, value: AnswerValue): boolean {
  return open !== undefined && optionsOf(brain.book, open).some((option) => option.value === value)
}

function kept(turn: Turn, open: Question, text: string): Meaning | undefined {
  const value = previousAnswer(turn, open.id)
  if (value === undefined || normalise(text) !== normalise(say(turn.on, 'keep'))) return undefined
  return { kind: 'answer', question: open.id, value, said: false }
}

/** One answer or several; the open question may also fit more than one option. */
function answers(turn: Turn, open: Question | undefined, text: string): Meaning | undefined {
  const { brain, resolution } = turn
  const { book, lexicon, dialogs } = brain
  const whole = open && readAnswer(book, lexicon, open, text)
  // Several choices are read from the whole message; a stretch of it may name one of them only.
  if (open && whole?.kind === 'answer' && typeof whole.value !== 'string')
    return { kind: 'answer', question: open.id, value: whole.value, said: true }
  const heard = readMany(book, lexicon, dialogs, text, open, resolution.assessment.know)
  const [first, ...others] = heard
  if (first && (others.length > 0 || first.question !== open?.id)) return { kind: 'several', heard }
  if (first) return { kind: 'answer', question: first.question, value: first.value, said: true }
  if (!open || !whole) return undefined
  if (whole.kind === 'answer') return { kind: 'answer', question: open.id, value: whole.value, said: true }
  return whole.kind === 'ambiguous' ? whole : undefined
}

/** An option in its own words is that option, whatever else its words might mean. */
function option({ brain, resolution }: Turn, text: string): Meaning | undefined {
  const open = resolution.open?.question
  if (!open || brain.book.keys.get(open.id)?.type === 'choices') return undefined
  const named = optionNamed(brain.book, open, text)
  return named && { kind: 'answer', question: open.id, value: named.value, said: true }
}

function correction({ brain, resolution }: Turn, text: string): Meaning | undefined {
  const { book, lexicon, dialogs } = brain
  const found = readCorrection(book, lexicon, dialogs, answersOnPath(resolution), text)
  if (found?.kind === 'correction')
    return { kind: 'correction', question: found.question, value: found.value }
  return found
}

function small(talk: Talk): Meaning {
  if (talk.kind === 'emoji') return { kind: 'talk', about: 'emoji' }
  if (talk.kind !== 'small-talk') return { kind: 'none' }
  const about: TalkAbout | undefined = SMALL_TALK.find((known: SmallTalk) => known === talk.about)
  return about === undefined ? { kind: 'none' } : { kind: 'talk', about }
}
