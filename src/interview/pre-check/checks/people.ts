import type { AgeBand } from '../../../rules/values/dates.ts'
import { bornFrom } from '../../../rules/values/identity-number.ts'
import { mobile } from '../../../rules/values/phone.ts'
import { residentId } from '../../../rules/values/resident-id.ts'
import { settledValue } from '../../../rules/knowledge.ts'
import { contextOf, filingProvinces, textOf, type Subject } from '../subject.ts'
import { hitIf, type Check } from './hit.ts'

/** Numbers of operators without a network of their own. */
export const virtualNumber: Check = (subject, { keys }) => {
  const virtual = keys.filter((key) => {
    const read = mobile(textOf(subject, key) ?? '', contextOf(subject))
    return read.ok && read.notes.some(({ code }) => code === 'mobile.virtual-operator')
  })
  return hitIf(virtual.length > 0, { keys: virtual })
}

/** A number that has to be a mobile one and is none. */
export const notAMobile: Check = (subject, { keys }) => {
  const others = keys.filter((key) => {
    const typed = textOf(subject, key)
    return typed !== undefined && !mobile(typed, contextOf(subject)).ok
  })
  return hitIf(others.length > 0, { keys: others })
}

/** Somebody whose number says that he or she is no adult yet. */
export const underAge: Check = (subject, { keys }) => {
  const young = keys.filter((key) => {
    const age = ageIn(subject, key)
    return age !== undefined && age !== 'adult'
  })
  return hitIf(young.length > 0, { keys: young })
}

/** The age that was said is not the one the number says. */
export const ageDiffers: Check = (subject) => {
  const said = textOf(subject, 'leader.age')
  const number = ageIn(subject, 'leader.identity-number')
  return hitIf(said !== undefined && number !== undefined && said !== number)
}

/** The number was issued in another province than the one of the identity card's address. */
export const identityOfAnotherProvince: Check = (subject, { keys }) => {
  const province = settledValue(subject.assessment.know('entity.province'))
  const others = keys.filter((key) => {
    const read = residentId(textOf(subject, key) ?? '', contextOf(subject))
    return province !== undefined && read.ok && read.parts.province !== province
  })
  return hitIf(others.length > 0, { keys: others })
}

/** The district is in no province in which this can be filed: the province was changed since. */
export const divisionOfAnotherProvince: Check = (subject) => {
  const lies = provinceOfDistrict(subject)
  const provinces = filingProvinces(subject)
  return hitIf(lies !== undefined && provinces.length > 0 && !provinces.includes(lies))
}

/**
 * An individual files where he or she lives, and not where the identity card is from: the district tells. Possible
 * as long as no district is given.
 */
export const filesWhereLiving: Check = (subject) => {
  const lives = settledValue(subject.assessment.know('entity.residence.province'))
  if (lives === undefined) return []
  const lies = provinceOfDistrict(subject)
  return lies === undefined ? [{ possible: true }] : hitIf(lies === lives)
}

function provinceOfDistrict(subject: Subject): string | undefined {
  const code = textOf(subject, 'entity.division')
  return code === undefined ? undefined : subject.kit.values.divisions().provinceOf(code)
}

/** Numbers of 18 characters hold the birth date, whoever issued them. */
function ageIn(subject: Subject, key: string): AgeBand | undefined {
  const number = textOf(subject, key) ?? ''
  if (!/^\d{17}[\dX]$/.test(number)) return undefined
  const born = bornFrom(number.slice(6, 14), subject.assessment.asOf)
  return typeof born === 'string' ? undefined : born.ageBand
}
