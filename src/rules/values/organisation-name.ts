import { withoutWords } from './around.ts'
import { creditCode } from './credit-code.ts'
import { tidy, TEXT_LIMIT, withFullBrackets } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

const SHORTEST = 4
const LONGEST = 100
const HAN = /\p{Script=Han}/u

/** Full name of an organisation, letter by letter as on its certificate (fact entity.name_match). */
export function organisationName(text: string, context: Context): Validation {
  const tidied = tidy(text)
  if (tidied === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  if (creditCode(tidied, { book: context.book, asOf: context.asOf }).ok && !HAN.test(tidied))
    return refused('organisation-name.is-code')
  const { words } = context.book
  const name = withoutWords(tidied, words.organisationName, words.closing)
  if (!/\p{L}/u.test(name)) return refused('organisation-name.missing')
  const strange = [...new Set(name.match(/[^\p{L}\p{M}\p{Nd} ()·.,、&+'’"“”《》/-]/gu) ?? [])]
  if (strange.length > 0) return refused('organisation-name.characters', { characters: strange.slice(0, 8).join(' ') })
  if (!balanced(name)) return refused('organisation-name.brackets')
  const chinese = HAN.test(name)
  const value = chinese ? withFullBrackets(name.replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')) : name
  const length = [...value].length
  if (length < SHORTEST) return refused('organisation-name.too-short')
  if (length > LONGEST) return refused('organisation-name.too-long', { limit: String(LONGEST) })
  return accepted(value, {}, [chinese ? undefined : note('organisation-name.latin')])
}

/** Every bracket opened is closed, and none closed before it opens. */
function balanced(name: string): boolean {
  let open = 0
  for (const character of name) {
    if (character === '(') open++
    if (character === ')' && --open < 0) return false
  }
  return open === 0
}
