import { evened } from '../understanding/evened.ts'
import { bare } from '../understanding/normalise.ts'
import type { FollowingWords } from './turn/following/words.ts'

/** Something asked of a case as a whole, which needs the store. */
export type CaseRequest =
  | { readonly kind: 'issue' }
  | { readonly kind: 'export' }
  | { readonly kind: 'resume'; readonly code: string; readonly secret: string }
  /** "Resume" with something that is no code and secret. */
  | { readonly kind: 'resume-how' }

const GROUPS = '[0-9A-Z]{4}(?:[- ]?[0-9A-Z]{4})'
const CODE_AND_SECRET = new RegExp(`^(${GROUPS}{1})[ ,:，：/]+(${GROUPS}{2})$`, 'i')

/** Reads such a message as a whole; undefined for everything else, also for a lone "continue". */
export function readCaseRequest(
  { cases }: Pick<FollowingWords, 'cases'>,
  text: string,
): CaseRequest | undefined {
  if (text.length > 200) return undefined
  const said = bare(text)
  if (evened(cases.issue).has(said)) return { kind: 'issue' }
  if (evened(cases.export).has(said)) return { kind: 'export' }
  const even = text
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
  const word = [...cases.resume]
    .sort((a, b) => b.length - a.length)
    .find((one) => even.toLowerCase().startsWith(one))
  if (word === undefined) return undefined
  const rest = even
    .slice(word.length)
    .replace(/^[\s:：]+/, '')
    .replace(/[。.]$/, '')
  const [, code, secret] = CODE_AND_SECRET.exec(rest) ?? []
  if (code !== undefined && secret !== undefined) return { kind: 'resume', code, secret }
  // Eight characters with a digit among them look like a code.
  return /^(?=.*\d)[0-9A-Z]{4}-?[0-9A-Z]{4}\b/i.test(rest) ? { kind: 'resume-how' } : undefined
}
