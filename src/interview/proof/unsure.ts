import { UNSURE, type AnswerValue, type Answers } from '../../rules/answers.ts'
import { listed, type Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { evaluate, possibleResults } from '../../rules/table.ts'
import type { Graph } from './graph.ts'
import { decidedKnowledge } from './knowledge.ts'
import { answerWords } from './words.ts'

/** "Not sure" never decides: it leaves open every result that one of the answers would give. */
export function unsureProblems(book: RuleBook, graph: Graph, asOf: string): readonly Problem[] {
  const { table, nodes } = graph
  if (table.hit !== 'unique' || table.inputs.includes('category')) return []
  const resultsFor = (answers: Answers) =>
    possibleResults(table, evaluate(table, decidedKnowledge(book, answers, asOf), asOf))
  for (const node of nodes) {
    const { question } = node
    if (!question?.unsure || !table.inputs.includes(question.id)) continue
    const given = (value: AnswerValue) => resultsFor({ ...node.answers, [question.id]: value })
    const open = given(UNSURE)
    const lost = node.edges
      .flatMap(({ values }) => values)
      .flatMap((value) => given(value))
      .find((result) => !open.includes(result))
    if (lost !== undefined)
      return [
        {
          file: `rules/decisions/${table.id}.yaml`,
          place: question.id,
          problem: `"not sure" leaves ${listed(open)} possible and drops "${lost}", which a definite answer gives`,
          remedy:
            'Mend `default` or `only` of the keys involved in rules/keys.yaml: what is unknown must leave everything open.',
          example: answerWords(node.answers),
        },
      ]
  }
  return []
}
