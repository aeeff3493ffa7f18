import { withAnswer, type Case } from '../../interview/case.ts'
import { openFields, type FieldQuestion } from '../../interview/open-fields.ts'
import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import { refused, type Note } from '../../rules/values/validation.ts'
import type { Block, FormAnswers } from '../../rendering/message.ts'
import { answerLabel, command, say } from '../../rendering/compose/context.ts'
import { findingBlocks } from '../../rendering/compose/finding.ts'
import type { FieldReading } from '../../understanding/field.ts'
import { proceed } from './answer.ts'
import { MAX_TEXT } from './interpret-text.ts'
import { askAgain } from './question.ts'
import { readTyped } from './read-typed.ts'
import { wayOut } from './refuse.ts'
import type { Turn, TurnResult } from './turn.ts'

interface Taken {
  readonly question: FieldQuestion
  readonly value: AnswerValue
  readonly notes: readonly Note[]
}

/**
 * Takes what a form sent: right values count at once, wrong ones come back in the next form with what is wrong. A
 * form that was answered before, or belongs to another question, changes nothing.
 */
export function takeForm(turn: Turn, { version, answers }: FormAnswers): TurnResult {
  const { standing, resolution, on } = turn
  const fields = openFields(on.book, resolution, standing.case.answers)
  const asked = fields.filter(({ id }) => Object.hasOwn(answers, id))
  if (version < standing.case.epoch || asked.length === 0)
    return askAgain(turn, [{ kind: 'text', tone: 'notice', text: say(on, oldForm(turn, answers)) }])
  const taken: Taken[] = []
  const typed: Record<string, string> = { ...on.typed }
  for (const question of asked) {
    const text = (answers[question.id] ?? '').slice(0, MAX_TEXT + 1).trim()
    const told = Object.fromEntries(taken.map(({ question: { id }, value }) => [id, value]))
    const reading = readOne(turn, question, text, told)
    if (reading.ok) {
      taken.push({ question, value: reading.value, notes: reading.notes })
      delete typed[question.id]
    } else typed[question.id] = text
  }
  const wrong = asked.length - taken.length
  const next = taken.reduce<Case>(
    (current, { question, value }) => withAnswer(current, question.id, value),
    standing.case,
  )
  const misses = wrong === 0 ? 0 : standing.talk.misses + 1
  return proceed({ ...turn, on: { ...on, typed } }, next, noted(turn, taken, wrong), {
    misses,
    typed,
    actions:
      misses >= 3
        ? wayOut(
            turn,
            asked.every(({ skip }) => skip),
          )
        : [],
  })
}

function readOne(
  turn: Turn,
  question: FieldQuestion,
  text: string,
  told: Readonly<Record<string, AnswerValue>>,
): FieldReading {
  if (text !== '' && text !== UNSURE) return readTyped(turn, question, text, told)
  return question.skip ? { ok: true, value: UNSURE, notes: [] } : refused('field.required')
}

function noted({ on }: Turn, taken: readonly Taken[], wrong: number): readonly Block[] {
  const rows = taken.map(({ question, value }) => ({
    label: question.label[on.language],
    value: answerLabel(on, question, value),
    change: command(on, 'action-change', 'edit', question.id),
  }))
  return [
    ...(rows.length === 0 ? [] : [{ kind: 'summary', title: say(on, 'understood-title'), rows } as const]),
    ...taken.flatMap(({ notes }) => notes.flatMap((note) => findingBlocks(on, note, 'warning'))),
    ...(wrong === 0
      ? []
      : [{ kind: 'text', tone: 'warning', text: say(on, 'form-wrong', { count: wrong }) } as const]),
  ]
}

/** Sent once more, or left over from a question that is gone. */
function oldForm({ resolution }: Turn, answers: FormAnswers['answers']) {
  const known = resolution.path.some(({ question }) => Object.hasOwn(answers, question.id))
  return known ? 'old-button-same' : 'old-button-gone'
}
