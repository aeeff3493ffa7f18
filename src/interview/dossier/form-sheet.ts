import type { Text } from '../../language.ts'
import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import { holds } from '../../rules/condition.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Divisions } from '../../rules/values/divisions.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Resolution } from '../resolve.ts'
import { answerText } from './answer-text.ts'
import type { FormField, OfficialForm } from './form.ts'

/**
 * What stands in a field. `open`: still to be answered here. `there`: left out here, typed into the official
 * system. `official`: only the official system or app can do it.
 */
export type FieldState = 'value' | 'open' | 'there' | 'official'

export interface SheetField {
  readonly id: string
  readonly label: Text
  readonly state: FieldState
  /** To be typed or chosen, as it has to stand in the official form: options in Chinese. */
  readonly value?: string
  /** The same for a reader of English, where it says something else. */
  readonly english?: string
  /** The answer it comes from. */
  readonly key?: string
  /** It has to be in Chinese, and is not. */
  readonly needsChinese?: true
}

export interface SheetPart {
  readonly id: string
  readonly title: Text
  readonly fields: readonly SheetField[]
}

/** What the sheet is made from. */
export interface SheetSubject {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly form: OfficialForm
  readonly divisions: () => Divisions
  readonly resolution: Resolution
}

/** Every field that the official form has in this case, in its order, with what to type there. Pure. */
export function formSheet(subject: SheetSubject): readonly SheetPart[] {
  const { form, resolution } = subject
  const { know } = resolution.assessment
  return form.steps
    .flatMap(({ parts }) => parts)
    .map(({ id, title, fields }) => ({
      id,
      title,
      fields: fields
        .filter(({ when }) => holds(when, know) !== 'false')
        .map((field) => sheetField(subject, field)),
    }))
    .filter(({ fields }) => fields.length > 0)
}

function sheetField(subject: SheetSubject, field: FormField): SheetField {
  const { id, label } = field
  const { know } = subject.resolution.assessment
  const given = answered(subject, field)
  if (given) {
    const { key, value } = given
    if (value === UNSURE) return { id, label, state: 'there', key }
    const text = answerText(subject, key, value)
    const filled = { id, label, state: 'value' as const, value: text['zh-CN'], key }
    const needsChinese =
      field.chinese !== undefined && holds(field.chinese, know) === 'true' && !HAN.test(text['zh-CN'])
    return {
      ...filled,
      ...(text.en === text['zh-CN'] ? {} : { english: text.en }),
      ...(needsChinese ? { needsChinese } : {}),
    }
  }
  const fixed = field.values.find(({ when }) => holds(when, know) === 'true')
  if (fixed) return { id, label, state: 'value', value: fixed.value['zh-CN'], english: fixed.value.en }
  if (!field.from) return { id, label, state: 'official' }
  return { id, label, state: field.from.some((key) => mayBeAsked(subject, key)) ? 'open' : 'there' }
}

const HAN = /\p{Script=Han}/u

/** The answer that counts, of those on the path. */
function answered(
  { resolution: { path, assessment } }: SheetSubject,
  { from = [], otherwise }: FormField,
): { readonly key: string; readonly value: AnswerValue } | undefined {
  const others = otherwise && holds(otherwise.unless, assessment.know) !== 'true' ? otherwise.from : []
  for (const key of [...from, ...others]) {
    const step = path.find(({ question }) => question.id === key)
    if (step) return { key, value: step.value }
  }
  return undefined
}

/** Whether the question may still come: it stands behind the open one and nothing said rules it out. */
function mayBeAsked({ dialogs, resolution: { open, assessment } }: SheetSubject, key: string): boolean {
  const question = dialogs.questions.get(key)
  if (!open || !question) return false
  const order = [...dialogs.questions.keys()]
  if (order.indexOf(key) < order.indexOf(open.question.id)) return false
  return holds(question.when, assessment.know) !== 'false'
}
