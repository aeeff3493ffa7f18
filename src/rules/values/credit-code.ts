import { creditCodeCheck, organisationCodeCheck } from './check-digits.ts'
import { codesInText, longestRun, type Read } from './codes-in-text.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Note, type Validation } from './validation.ts'
import { regionName } from './value-book.ts'

export interface CreditCodeParts {
  /** Registering authority and kind of organisation, the first two characters. */
  readonly prefix: string
  /** ISO code of the province the code was first issued in; none for national registrations. */
  readonly province: string | undefined
}

const LENGTH = 18
/** A registration with the State Administration for Market Regulation itself. */
const NATIONAL = '10'

/** Unified social credit code, GB 32100-2015: facts entity.uscc_format and entity.uscc_prefix. */
export function creditCode(text: string, context: Context): Validation<CreditCodeParts> {
  const plain = tidy(text)?.toUpperCase()
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const [hit, ...others] = codesInText(plain, LENGTH, readCode)
  if (others.length > 0) return refused('several')
  if (!hit) return refusedShape(plain)
  if (hit.read.rank !== 'sure') return refusedCode(hit.text, context)
  return judged(hit.text, context)
}

function readCode(joined: string): Read | undefined {
  if (joined.length !== LENGTH) return undefined
  if (creditCodeCheck(joined.slice(0, -1)) === joined.at(-1) && /^[0-9A-Z]\w\d{6}/.test(joined)) return { rank: 'sure' }
  // Six digits of the division, give or take a letter that looks like a digit: words do not have them.
  return /^[0-9A-Z]{2}[0-9OILZSBQDG]{6}[0-9A-Z]{10}$/.test(joined) && /\d.*\d.*\d.*\d/.test(joined.slice(2, 8))
    ? { rank: 'shape' }
    : undefined
}

function refusedShape(plain: string): Validation<CreditCodeParts> {
  if (/(?<![0-9A-Z])\d{15}(?![0-9A-Z])/.test(plain)) return refused('credit-code.old-registration')
  const run = longestRun(plain)
  if (run.length === 15 && /^\d+$/.test(run)) return refused('credit-code.old-registration')
  if (run.length === 9 && organisationCodeCheck(run.slice(0, 8)) === run.at(-1))
    return refused('credit-code.old-organisation')
  if (run.length < 6) return refused('credit-code.missing')
  return refused('credit-code.length', { count: String(run.length) })
}

function refusedCode(code: string, context: Context): Validation<CreditCodeParts> {
  const suggestion = meant(code, context)
  if (suggestion !== undefined) return refused('credit-code.confusion', { suggestion })
  const letters = [...new Set(code.match(/[IOZSV]/g) ?? [])]
  return letters.length > 0
    ? refused('credit-code.letters', { letters: letters.join(' ') })
    : refused('credit-code.checksum')
}

/**
 * The code that was probably meant: letters the code never holds replaced, or a single look-alike swapped.
 * Offered only if it is the one replacement whose check characters both fit.
 */
function meant(code: string, context: Context): string | undefined {
  const { confusions } = context.book.creditCode
  let variants = ['']
  for (const character of code) {
    const options = /[IOZSV]/.test(character) ? (confusions[character] ?? [character]) : [character]
    variants = variants.flatMap((variant) => options.map((option) => variant + option)).slice(0, 256)
  }
  const swapped = /[IOZSV]/.test(code)
    ? variants
    : [...code].flatMap((character, at) =>
        (confusions[character] ?? []).map((option) => code.slice(0, at) + option + code.slice(at + 1)),
      )
  const fitting = swapped.filter((candidate) => readCode(candidate)?.rank === 'sure' && innerFits(candidate))
  return fitting.length === 1 ? fitting[0] : undefined
}

function innerFits(code: string): boolean {
  return organisationCodeCheck(code.slice(8, 16)) === code[16]
}

function judged(code: string, context: Context): Validation<CreditCodeParts> {
  const { book, entityKind } = context
  const prefix = code.slice(0, 2)
  const known = book.creditCode.prefixes.find((candidate) => candidate.prefix === prefix)
  const free = entityKind === undefined || entityKind === 'individual' || book.creditCode.anyPrefix.includes(entityKind)
  if (known && !free && !known.kinds.includes(entityKind))
    return refused('credit-code.other-kind', { prefix, meaning: known.label })
  const region = book.regions.find((candidate) => candidate.code === code.slice(2, 4))
  const notes: readonly (Note | undefined)[] = [
    known ? undefined : note('credit-code.prefix-unknown', { prefix }),
    innerFits(code) ? undefined : note('credit-code.inner'),
    region || code.startsWith(NATIONAL, 2) ? undefined : note('credit-code.division-unknown', { digits: code.slice(2, 8) }),
    region && context.province !== undefined && region.id !== context.province
      ? note('credit-code.other-province', { found: region.name, filing: regionName(book, context.province) })
      : undefined,
  ]
  return accepted(code, { prefix, province: region?.id }, notes)
}
