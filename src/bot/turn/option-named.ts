import { optionsOf } from '../../interview/dialogs.ts'
import type { Question, QuestionOption } from '../../interview/schema.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { normalise } from '../../understanding/normalise.ts'

/** The one option of a question that is called so: by value, label or synonym; undefined where it is none or several. */
export function optionNamed(book: RuleBook, question: Question, text: string): QuestionOption | undefined {
  const [only, ...others] = namesOf(book, question).get(normalise(text)) ?? []
  return others.length === 0 ? only : undefined
}

type Names = ReadonlyMap<string, readonly QuestionOption[]>

/** Evened out once for each question, since a question of all provinces has some hundred names. */
function namesOf(book: RuleBook, question: Question): Names {
  const known = kept.get(question)
  if (known?.book === book) return known.names
  const names = new Map<string, QuestionOption[]>()
  for (const option of optionsOf(book, question)) {
    const { value, label, synonyms } = option
    const called = new Set([value, ...Object.values(label), ...synonyms].map((name) => normalise(name)))
    for (const name of called) names.set(name, [...(names.get(name) ?? []), option])
  }
  kept.set(question, { book, names })
  return names
}
const kept = new WeakMap<Question, { readonly book: RuleBook; readonly names: Names }>()
