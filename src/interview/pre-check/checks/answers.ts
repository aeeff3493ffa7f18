import { listOf, isLeftOut, textOf } from '../subject.ts'
import { hitIf, type Check } from './hit.ts'

/** The same value under two keys of a group that have to differ. */
export const repeated: Check = (subject, { apart = [] }) => {
  const same = apart.flatMap((group) => {
    const values = group.map((key) => ({ key, value: textOf(subject, key)?.toLowerCase() }))
    return values
      .filter(({ value }) => value !== undefined && values.filter((one) => one.value === value).length > 1)
      .map(({ key }) => key)
  })
  return hitIf(same.length > 0, { keys: [...new Set(same)] })
}

/** Typed answers that were left out. */
export const leftOut: Check = (subject, { keys }) => {
  const left = keys.filter((key) => isLeftOut(subject, key))
  return hitIf(left.length > 0, { keys: left })
}

/** The remark is left out, shorter than wanted, or holds none of the words that would explain what is asked. */
export const remarkMissing: Check = (subject, { keys, length = 1, words }) => {
  const [key = ''] = keys
  const remark = listOf(subject, key).join('')
  const explains = words === undefined || words.some((word) => remark.includes(word))
  return hitIf([...remark].length < length || !explains)
}
