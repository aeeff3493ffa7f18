import type { Case } from '../../interview/case.ts'
import { knownAnswers, openFields, type FieldQuestion } from '../../interview/open-fields.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Field } from '../../interview/schema.ts'
import { UNSURE, type Answers } from '../../rules/answers.ts'
import { refused } from '../../rules/values/validation.ts'
import { readField } from '../../understanding/field.ts'
import type { Form, FormField, Typing } from '../message.ts'
import { say, type Composing } from './context.ts'
import { findingText } from './finding.ts'

/**
 * The open question and the plain ones after it as one form; undefined where there is but one. What was typed and
 * not taken stands in its field, with what is wrong with it.
 */
export function formOf(on: Composing, resolution: Resolution, current: Case): Form | undefined {
  const fields = openFields(on.book, resolution, current.answers)
  const { open } = resolution
  if (!open || fields.length < 2) return undefined
  const known = knownAnswers(on.book, on.dialogs, current)
  return {
    title: open.section.title[on.language],
    submit: say(on, 'form-send'),
    fields: fields.map((question) => fieldOf(on, question, current, known, resolution.assessment.asOf)),
  }
}

const TYPING: Partial<Readonly<Record<Field, Typing>>> = {
  mobile: 'tel',
  phone: 'tel',
  email: 'email',
  remark: 'long',
}

export function typingOf({ field }: FieldQuestion): Typing {
  return TYPING[field] ?? 'text'
}

function fieldOf(
  on: Composing,
  question: FieldQuestion,
  { aside }: Case,
  known: Answers,
  asOf: string,
): FormField {
  const { language } = on
  const typed = on.typed?.[question.id]
  const previous = Object.hasOwn(aside, question.id) ? aside[question.id] : undefined
  // A sensitive value goes out again only to be mended.
  const shown = previous === UNSURE || question.personal === 'sensitive' ? undefined : previous
  const value = typed ?? (shown === undefined ? undefined : [shown].flat().join(', '))
  return {
    question: question.id,
    label: question.label[language],
    ...(question.help ? { hint: question.help[language] } : {}),
    typing: typingOf(question),
    ...(question.field === 'date' ? { date: true } : {}),
    ...(question.skip ? { skip: say(on, 'skip-option') } : {}),
    ...(value === undefined ? {} : { value }),
    ...(typed === undefined ? {} : errorOf(on, question, typed, known, asOf)),
  }
}

function errorOf(
  on: Composing,
  question: FieldQuestion,
  typed: string,
  known: Answers,
  asOf: string,
): { error?: string } {
  if (!on.values) return {}
  const reading =
    typed === '' || typed === UNSURE
      ? refused('field.required')
      : readField(question.id, question.field, typed, { values: on.values, asOf, answers: known })
  return reading.ok ? {} : { error: findingText(on, reading) }
}
