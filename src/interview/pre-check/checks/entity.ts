import { settledValue } from '../../../rules/knowledge.ts'
import { creditCode } from '../../../rules/values/credit-code.ts'
import { organisationName } from '../../../rules/values/organisation-name.ts'
import { contextOf, textOf, type Subject } from '../subject.ts'
import { hitIf, type Check } from './hit.ts'

/** The code was first issued in another province. */
export const codeOfAnotherProvince: Check = (subject) => {
  const province = settledValue(subject.assessment.know('entity.province'))
  const read = readCode(subject)
  const issued = read?.ok ? read.parts.province : undefined
  return hitIf(province !== undefined && issued !== undefined && issued !== province)
}

/** The code begins with the digits of another kind of entity than the one chosen. */
export const codeOfAnotherKind: Check = (subject) => {
  const read = readCode(subject)
  return hitIf(read !== undefined && !read.ok && read.problem === 'credit-code.other-kind')
}

/** The name ends as the names of another kind of entity do. */
export const nameOfAnotherKind: Check = (subject, { words = [] }) => {
  const name = textOf(subject, 'entity.name')
  const ending = words.find((word) => name?.endsWith(word))
  return hitIf(ending !== undefined, { found: ending ?? '' })
}

/** The name holds no Chinese, while every certificate does. */
export const nameInLatin: Check = (subject) => {
  const name = textOf(subject, 'entity.name')
  if (name === undefined) return []
  const read = organisationName(name, contextOf(subject))
  return hitIf(read.ok && read.notes.some(({ code }) => code === 'organisation-name.latin'))
}

function readCode(subject: Subject) {
  const code = textOf(subject, 'entity.certificate')
  return code === undefined ? undefined : creditCode(code, contextOf(subject))
}
