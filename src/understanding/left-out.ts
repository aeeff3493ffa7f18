import type { Lexicon } from './lexicon.ts'
import { bare } from './normalise.ts'

/**
 * Whether a text given for a typed answer says that there is none: "skip", "不知道", "none". `skips` are further
 * words for it, such as the label of the button.
 */
export function saysNothing(lexicon: Lexicon, text: string, skips: readonly string[]): boolean {
  const said = bare(text)
  return (
    lexicon.unsure.has(said) ||
    lexicon.polarity.get(said) === 'no' ||
    skips.some((word) => bare(word) === said)
  )
}
