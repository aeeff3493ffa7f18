import type { Field } from '../interview/schema.ts'
import { UNSURE, type Answers } from '../rules/answers.ts'
import type { Context } from '../rules/values/validation.ts'
import type { ValueKind } from '../rules/values/validators.ts'
import type { FieldContext } from './field.ts'

/** Numbers that have to differ from each other: those of one person, and the first ones of the two leaders. */
const APART: readonly (readonly string[])[] = [
  ['leader.mobile', 'leader.emergency-phone', 'leader.phone-2'],
  ['administrator.mobile', 'administrator.emergency-phone', 'administrator.phone-2'],
  ['leader.mobile', 'administrator.mobile'],
  ['leader.email', 'administrator.email'],
]

/** What a check compares a value with. */
export function fieldContext(
  question: string,
  field: Field,
  { values, asOf, answers }: FieldContext,
): Context {
  const text = (key: string) => textOf(answers, key)
  const anywhere = liesAnywhere(question, field, text('entity.residence'))
  const others = APART.filter((keys) => keys.includes(question)).flat()
  return {
    book: values,
    asOf,
    province: anywhere ? undefined : text('entity.province'),
    entityKind: text('entity.kind'),
    residency: text(`${personOf(question)}.residency`),
    serviceKind: text('service.kind'),
    district: anywhere || field !== 'address' ? undefined : text('entity.division'),
    differentFrom: others.filter((key) => key !== question).flatMap((key) => text(key) ?? []),
  }
}

/**
 * The correspondence address may lie elsewhere, and somebody who lives in another province has the district and the
 * address there; whether the province minds is for the pre-check to say.
 */
function liesAnywhere(question: string, field: Field, residence: string | undefined): boolean {
  if (question === 'entity.address') return true
  return residence === 'elsewhere' && (field === 'division' || field === 'address')
}

/** Which document a person of that residency has. */
export function identityKind(question: string, answers: Answers): ValueKind {
  const person = personOf(question)
  const permit = textOf(answers, `${person}.certificate-type`) === 'residence-permit'
  switch (textOf(answers, `${person}.residency`)) {
    case 'hong-kong':
    case 'macau':
      return permit ? 'residence-permit' : 'hk-macau-permit'
    case 'taiwan':
      return permit ? 'residence-permit' : 'taiwan-permit'
    case 'foreign':
      return 'passport'
    default:
      return 'resident-id'
  }
}

/** Whose answer it is; an answer about no person is compared with what is known of the leader. */
function personOf(question: string): 'leader' | 'administrator' {
  return question.startsWith('administrator.') ? 'administrator' : 'leader'
}

function textOf(answers: Answers, key: string): string | undefined {
  const value = Object.hasOwn(answers, key) ? answers[key] : undefined
  return typeof value === 'string' && value !== UNSURE ? value : undefined
}
