import { domainToUnicode } from 'node:url'
import type { NoteCode } from '../../../rules/values/codes.ts'
import { domain } from '../../../rules/values/domain.ts'
import { contextOf, listOf, textOf, type Subject } from '../subject.ts'
import { hitIf, type Check, type Hit } from './hit.ts'

const KEY = 'site.domains'

/** More than one domain for what is one website in the order. */
export const severalDomains: Check = (subject) => {
  const domains = listOf(subject, KEY)
  return hitIf(domains.length > 1, { found: String(domains.length), keys: [KEY] })
}

export const suffixOfACountry: Check = (subject) => noted(subject, 'domain.suffix-country')
export const suffixNotListed: Check = (subject) => noted(subject, 'domain.suffix-look-up')
/** A suffix kept for other kinds of entities. */
export const suffixReserved: Check = (subject) => noted(subject, 'domain.gov')

/** None of the endings that this kind of entity has to use. */
export const suffixMissing: Check = (subject, { words = [] }) => {
  const other = listOf(subject, KEY)
    .map((one) => domainToUnicode(one) || one)
    .find((one) => !words.some((ending) => one.endsWith(`.${ending}`)))
  return hitIf(other !== undefined, { found: other ?? '', keys: [KEY] })
}

/** The home page does not lie on a domain of the order. */
export const homePageElsewhere: Check = (subject) => {
  const host = textOf(subject, 'site.home-page')
  const domains = listOf(subject, KEY)
  if (host === undefined || domains.length === 0) return []
  return hitIf(!domains.some((one) => host === one || host === `www.${one}`), { found: host })
}

/** The first domain that its own check has that to note about. */
function noted(subject: Subject, code: NoteCode): readonly Hit[] {
  const context = contextOf(subject)
  const found = listOf(subject, KEY).find((one) => {
    const read = domain(one, context)
    return read.ok && read.notes.some((note) => note.code === code)
  })
  return hitIf(found !== undefined, { found: domainToUnicode(found ?? '') || (found ?? ''), keys: [KEY] })
}
