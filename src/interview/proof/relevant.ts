import type { RuleBook } from '../../rules/rulebook.ts'
import type { Table } from '../../rules/schema.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Question } from '../schema.ts'
import { basisOf } from './knowledge.ts'

/**
 * The questions a table is walked through: those of the assessment, and of the application only those that its
 * keys rest on. The others neither change what the table says nor which of these questions are asked; walked
 * along, they would multiply the cases with what has nothing to do with them.
 */
export function questionsFor(book: RuleBook, dialogs: Dialogs, table: Table): readonly Question[] {
  const needed = keysBehind(book, dialogs, table.inputs)
  return dialogs.sections.flatMap(({ application, questions }) =>
    questions.filter(({ id }) => !application || needed.has(id)),
  )
}

/** Questions of the application that hang on the same answers are walked together, through nothing but those answers. */
export function applicationWalks(
  book: RuleBook,
  dialogs: Dialogs,
): readonly { readonly table: Table; readonly questions: readonly Question[] }[] {
  const filled = dialogs.sections
    .filter(({ application }) => application)
    .flatMap(({ questions }) => questions)
  const sets = filled.map(({ when }) => Object.keys(when))
  const largest = sets.filter(
    (keys, index) =>
      !sets.some(
        (other, place) =>
          keys.every((key) => other.includes(key)) &&
          (other.length > keys.length || (other.length === keys.length && place < index)),
      ),
  )
  return largest.map((keys) => {
    const needed = keysBehind(book, dialogs, keys)
    const asked = filled.filter(({ when }) => Object.keys(when).every((key) => keys.includes(key)))
    return {
      table: { ...NO_TABLE, inputs: keys },
      questions: [...dialogs.questions.values()].filter(
        (question) => needed.has(question.id) || asked.includes(question),
      ),
    }
  })
}

/** The dialogs with these questions only. */
export function dialogsOf(dialogs: Dialogs, questions: Iterable<Question>): Dialogs {
  const kept = new Map([...questions].map((question) => [question.id, question]))
  return {
    sections: dialogs.sections.map((section) => ({
      ...section,
      questions: section.questions.filter(({ id }) => kept.has(id)),
    })),
    questions: new Map([...dialogs.questions].filter(([id]) => kept.has(id))),
  }
}

/** Everything that has to be known to know these keys, conditions of questions included. */
function keysBehind(book: RuleBook, dialogs: Dialogs, keys: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const todo = [...keys]
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    if (found.has(key)) continue
    found.add(key)
    todo.push(...basisOf(book, key), ...Object.keys(dialogs.questions.get(key)?.when ?? {}))
  }
  return found
}

/** Watched where only the course of the questions matters. */
const NO_TABLE: Table = {
  id: 'application',
  title: { 'zh-CN': '', en: '' },
  hit: 'collect',
  inputs: [],
  results: {},
  rows: [],
}
