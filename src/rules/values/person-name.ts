import { withoutWords } from './around.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

const LONGEST = 50
const HAN = /\p{Script=Han}/u

/** A person's name as on the identity document: Chinese characters with or without ·, or names of other scripts. */
export function personName(text: string, context: Context): Validation {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const { words } = context.book
  // The full stop of a sentence goes, that of an abbreviation (Jr.) stays.
  const name = withoutWords(tidied, words.personName, words.closing).replace(/(?<=\p{L}{4})\.$/u, '')
  if (!/\p{L}/u.test(name)) return refused('person-name.missing')
  if (/[、,，;；/&\n]/u.test(name)) return refused('several')
  const strange = [...new Set(name.match(/[^\p{L}\p{M} ·.'’-]/gu) ?? [])]
  if (strange.length > 0) return refused('person-name.characters', { characters: strange.slice(0, 8).join(' ') })
  const value = HAN.test(name) && !/[a-z]/i.test(name) ? name.replace(/ /g, '').replace(/\./g, '·') : name
  const length = [...value].length
  if (length < 2) return refused('person-name.too-short')
  if (length > LONGEST) return refused('person-name.too-long', { limit: String(LONGEST) })
  const latin = context.residency === 'mainland' && !HAN.test(value) ? note('person-name.latin') : undefined
  return accepted(value, {}, [latin])
}
