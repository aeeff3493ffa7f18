import { UNSURE, type Answers } from '../../rules/answers.ts'
import type { Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Question, Section } from '../schema.ts'
import type { Graph, Node } from './graph.ts'
import { productOf, type Point } from './product.ts'
import { answerWords } from './words.ts'

/**
 * Nobody is asked what cannot change anything: for every question and every way to get to it, two of its answers
 * lead to different results of some table, or to different questions. Where one table alone shows a difference
 * everywhere, that settles it; otherwise the tables that sometimes show none are walked together.
 */
export function idleProblems(
  book: RuleBook,
  graphs: readonly Graph[],
  sections: readonly Section[],
  fileOf: (id: string) => string,
): readonly Problem[] {
  // What goes into the application counts by itself.
  const questions = sections.filter((section) => !section.application).flatMap((section) => section.questions)
  return questions.flatMap((question) => {
    // Regions always differ: each has requirements of its own.
    if (book.keys.get(question.id)?.type === 'region') return []
    const asking = (graph: Graph) => graph.nodes.filter((node) => node.question?.id === question.id)
    if (asking(graphs[0] as Graph).length === 0) return []
    const sometimes = graphs.filter((graph) => asking(graph).some((node) => !isIdle(node)))
    if (sometimes.some((graph) => asking(graph).every((node) => !isIdle(node)))) return []
    const answers =
      sometimes.length === 0
        ? asking(graphs[0] as Graph)[0]?.answers
        : idlePoint(sometimes, questions, question.id)
    if (!answers) return []
    return [
      {
        file: fileOf(question.id),
        place: question.id,
        problem:
          'the question is asked where its answer changes nothing: no result and no later question depends on it',
        remedy:
          'Narrow its "when" so that it is not asked in this case, or add the rule that needs the answer.',
        example: answerWords(answers),
      },
    ]
  })
}

function isIdle(node: Node): boolean {
  return node.edges.filter((edge) => !edge.values.includes(UNSURE)).length < 2
}

/** The shortest answers after which the question is idle for all of these tables at once. */
function idlePoint(graphs: readonly Graph[], order: readonly Question[], id: string): Answers | undefined {
  const { start, choicesAt } = productOf(graphs, order)
  const numbers = new Map(graphs.flatMap(({ nodes }) => nodes).map((node, index) => [node, index]))
  const seen = new Set<string>()
  let front: readonly { point: Point; answers: Answers }[] = [{ point: start, answers: {} }]
  while (front.length > 0) {
    const next: { point: Point; answers: Answers }[] = []
    for (const { point, answers } of front) {
      const { question, nodes } = point
      if (!question) continue
      if (question.id === id) {
        if (nodes.every(isIdle)) return answers
        continue
      }
      for (const choice of choicesAt(point)) {
        const key = choice.to.nodes.map((node) => numbers.get(node)).join()
        if (seen.has(key)) continue
        seen.add(key)
        next.push({ point: choice.to, answers: { ...answers, [question.id]: choice.values[0] ?? '' } })
      }
    }
    front = next
  }
  return undefined
}
