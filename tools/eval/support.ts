import type { Language } from '../../src/language.ts'
import type { RuleBook } from '../../src/rules/rulebook.ts'
import type { AskResult } from '../../src/understanding/ask/ask.ts'
import type { AskVocabulary } from '../../src/understanding/ask/vocabulary.ts'
import { unsupportedNumbers } from '../../src/understanding/ask/unsupported.ts'

export interface Support {
  readonly numbers: readonly string[]
  /** Sentences of the answer that stand in no fact it cites. */
  readonly sentences: readonly string[]
}

/** What an answer says beyond the facts it cites: there must be nothing. */
export function unsupported(
  book: RuleBook,
  vocabulary: AskVocabulary,
  result: AskResult,
  language: Language,
): Support {
  if (!result.known) return { numbers: unsupportedNumbers(result.answer, []), sentences: [] }
  const texts = result.facts.flatMap(({ id, newest }) => textsOf(book, id, newest, language))
  const frames = Object.values(vocabulary.phrases)
    .map((text) => text[language].replace(/\{\w+\}/g, '§'))
    .sort((a, b) => b.length - a.length)
  const places = [...book.provinces.values()].map(
    ({ name }) => `${name[language]}${language === 'en' ? ':' : '：'}`,
  )
  const sentences = result.answer
    .split('\n')
    .flatMap((line) => sentencesOf(unframed(line.replace(/^- /, ''), frames, places), language))
    .filter((sentence) => !texts.some((text) => squeezed(text).includes(squeezed(sentence))))
  return { numbers: unsupportedNumbers(result.answer, texts), sentences }
}

function textsOf(book: RuleBook, id: string, newest: string, language: Language): readonly string[] {
  const fact = book.facts.get(id)
  if (!fact) return []
  const colon = language === 'en' ? ': ' : '：'
  return [
    fact.text[language],
    newest,
    ...(fact.members ?? []).map((member) => `${member.label[language]}${colon}${member.text[language]}`),
    ...(fact.conflictsWith ?? []).map((conflict) => book.conflicts.get(conflict)?.advice[language] ?? ''),
  ]
}

/** Frames stand at the start of a line, one or two of them. */
function unframed(line: string, frames: readonly string[], places: readonly string[]): string {
  let rest = line
  for (let round = 0; round < 3; round += 1) {
    for (const place of places) if (rest.startsWith(place)) rest = rest.slice(place.length).trim()
    for (const frame of frames) {
      const [start = '', end = ''] = frame.split('§')
      if (start === '' || !rest.startsWith(start)) continue
      const to = end === '' ? start.length : rest.indexOf(end, start.length) + end.length
      rest = rest.slice(to).trim()
    }
  }
  return rest
}

function sentencesOf(text: string, language: Language): readonly string[] {
  const parts = language === 'en' ? text.split(/(?<=[.!?])\s+(?=[A-Z])/) : text.split(/(?<=[。！？])/u)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function squeezed(text: string): string {
  return text.replace(/[\s。；.;]+/gu, '')
}
