import { listed, type Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { inForce } from '../../rules/table.ts'
import type { Dialogs } from '../dialogs.ts'
import { askedKeys } from './asked.ts'
import type { Graph } from './graph.ts'
import { answerWords } from './words.ts'

/** Every question is asked on some path, every result comes about on some path, and no path ends without its results. */
export function reachProblems(
  book: RuleBook,
  graphs: readonly Graph[],
  application: readonly Graph[],
  dialogs: Dialogs,
  asOf: string,
  fileOf: (id: string) => string,
): readonly Problem[] {
  return [
    ...unasked([...graphs, ...application], dialogs, fileOf),
    ...unreached(book, graphs, dialogs, asOf),
    ...graphs.flatMap(endless),
  ]
}

function unasked(
  graphs: readonly Graph[],
  dialogs: Dialogs,
  fileOf: (id: string) => string,
): readonly Problem[] {
  const asked = new Set(graphs.flatMap(({ nodes }) => nodes.map(({ question }) => question?.id)))
  return [...dialogs.questions.values()]
    .filter(({ id }) => !asked.has(id))
    .map((question) => ({
      file: fileOf(question.id),
      place: question.id,
      problem: 'no path ever reaches this question, nor any of its options',
      remedy: 'Correct its "when", or remove the question.',
      example: listed(
        Object.entries(question.when).map(([key, wanted]) => `${key}: ${JSON.stringify(wanted)}`),
        12,
      ),
    }))
}

/** Results that no conversation gives. What depends on a key that is not asked yet can still come through other programs. */
function unreached(
  book: RuleBook,
  graphs: readonly Graph[],
  dialogs: Dialogs,
  asOf: string,
): readonly Problem[] {
  const outcomes = new Set(
    graphs.flatMap((graph) => [
      ...graph.outcomes,
      ...graph.nodes.flatMap(({ edges }) => edges.flatMap((edge) => edge.outcomes)),
    ]),
  )
  const asked = askedKeys([...dialogs.questions.values()])
  const unasked = (key: string) => book.keys.has(key) && !asked.has(key)
  return [...new Set(graphs.map(({ table }) => table.id))].flatMap((id) => {
    // What held in another time only cannot come about today.
    const rows = book.tables.get(id)?.rows.filter((row) => inForce(row, asOf)) ?? []
    const reached = new Set(rows.filter((row) => outcomes.has(row.id)).map(({ result }) => result))
    const left = [...new Set(rows.map(({ result }) => result))].filter((result) => !reached.has(result))
    return left.map((result): Problem => {
      const keys = new Set(
        rows
          .filter((row) => row.result === result)
          .flatMap(({ when }) => Object.keys(when))
          .filter(unasked),
      )
      const problem = { file: `rules/decisions/${id}.yaml`, place: `results › ${result}` }
      if (keys.size > 0)
        return {
          ...problem,
          problem: `no conversation gives this result, since no question asks for ${listed([...keys])}`,
          remedy: 'Add the question, or leave the result to programs that send the answer to /api/assess.',
          note: true,
        }
      return {
        ...problem,
        problem: 'no conversation can end with this result: the questions never lead to one of its rows',
        remedy:
          'Compare its rows with the "when" and the options of the questions in dialogs/, and mend the side that is wrong.',
      }
    })
  })
}

/** A table that must give one result, but gives none at the end of a path. */
function endless({ table, closings }: Graph): readonly Problem[] {
  if (table.inputs.includes('category')) return []
  return closings
    .filter(({ rows }) => rows.length === 0)
    .map(({ answers }) => ({
      file: `rules/decisions/${table.id}.yaml`,
      place: 'rows',
      problem: `dead end: a conversation ends without any result of "${table.id}"`,
      remedy: 'Add a row for the case, or ask the question that decides it.',
      example: answerWords(answers),
    }))
}
