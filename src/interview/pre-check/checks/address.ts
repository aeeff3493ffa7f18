import { address } from '../../../rules/values/address.ts'
import type { Division } from '../../../rules/values/divisions.ts'
import { contextOf, textOf, type Subject } from '../subject.ts'
import { hitIf, type Check } from './hit.ts'

/** The correspondence address names another city than the address on the certificate, or than the district chosen. */
export const addressInAnotherCity: Check = (subject) => {
  const here = cityIn(subject, 'entity.address')
  const there = cityIn(subject, 'entity.certificate-address') ?? cityOfDistrict(subject)
  return hitIf(here !== undefined && there !== undefined && here.code !== there.code, {
    found: here?.name ?? '',
  })
}

/** An address without a house number, and no remark that says why. */
export const addressWithoutNumber: Check = (subject, { keys, words = [] }) => {
  const remark = textOf(subject, 'site.remark') ?? ''
  if (words.some((word) => remark.includes(word))) return []
  const vague = keys.filter((key) => {
    const typed = textOf(subject, key)
    if (typed === undefined) return false
    const read = address(typed, contextOf(subject))
    return read.ok
      ? read.notes.some(({ code }) => code === 'address.no-number')
      : read.problem === 'address.too-short'
  })
  return hitIf(vague.length > 0, { keys: vague })
}

/** Words that must not stand in an address. */
export const addressWithWords: Check = (subject, { keys, words = [] }) => {
  const hits = keys.filter((key) => words.some((word) => textOf(subject, key)?.includes(word)))
  return hitIf(hits.length > 0, { keys: hits })
}

/** The city with which an address begins, after its province; its full name only, since streets are called after cities. */
function cityIn(subject: Subject, key: string): Division | undefined {
  const divisions = subject.kit.values.divisions()
  const text = (textOf(subject, key) ?? '').replace(/\s/gu, '')
  const province = divisions.leading(text, 'province')
  const city = divisions.leading(text.slice(province.length), 'city')
  if (city.full && city.divisions[0]) return city.divisions[0]
  // 北京市 is a province and its only city.
  const only = province.divisions[0]
  const iso = only && divisions.provinceOf(only.code)
  const cities = iso === undefined ? [] : divisions.cities(iso)
  return province.full && cities.length === 1 ? cities[0] : undefined
}

function cityOfDistrict(subject: Subject): Division | undefined {
  const divisions = subject.kit.values.divisions()
  const district = divisions.byCode(textOf(subject, 'entity.division') ?? '')
  const parent = district?.parent === undefined ? undefined : divisions.byCode(district.parent)
  return parent?.level === 'city' ? parent : undefined
}
