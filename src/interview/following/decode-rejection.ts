import { reopened, type Case } from '../case.ts'
import type { Rejection } from './rejections.ts'

/** More of a reviewer's text is not looked at. */
export const CONSIDERED = 5_000
/** A longer text is no message of a reviewer. */
export const LONGEST = 20_000

export interface Decoded {
  /** In the order in which the text names them. */
  readonly reasons: readonly Rejection[]
  /** Whether something behind the first characters was left unread. */
  readonly cut: boolean
}

/**
 * Reads what a reviewer wrote and names the reasons known to the rules. A reason counts where one of its patterns
 * stands within one sentence. Pure; the time it takes grows with the text only.
 */
export function decodeRejection(rejections: readonly Rejection[], text: string): Decoded {
  const sentences = sentencesOf(text.slice(0, CONSIDERED))
  const found = rejections.flatMap((rejection) => {
    const at = sentences.findIndex((sentence) => rejection.says.some((pattern) => fits(sentence, pattern)))
    return at < 0 ? [] : [{ rejection, at }]
  })
  found.sort((a, b) => a.at - b.at)
  return { reasons: found.map(({ rejection }) => rejection), cut: text.length > CONSIDERED }
}

/** Opens the questions concerned again, and no others; returns which were open to change. */
export function reopenFor(
  current: Case,
  reasons: readonly Rejection[],
  onPath: ReadonlySet<string>,
): { readonly case: Case; readonly keys: readonly string[] } {
  const keys = [...new Set(reasons.flatMap((reason) => reason.keys))].filter((key) => onPath.has(key))
  return { case: keys.reduce(reopened, current), keys }
}

function sentencesOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[。!?;\n\r]+/)
    .map((sentence) => sentence.replace(/[\s"'“”‘’「」『』《》【】[\]()<>、·]+/g, ''))
    .filter((sentence) => sentence !== '')
}

function fits(sentence: string, pattern: readonly string[]): boolean {
  return pattern.every((word) =>
    word.startsWith('!') ? !sentence.includes(word.slice(1)) : sentence.includes(word),
  )
}
