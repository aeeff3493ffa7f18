import { listed, type Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Dialogs } from '../dialogs.ts'
import { answersOnPath, resolve } from '../resolve.ts'
import type { Graph } from './graph.ts'
import { dialogsOf } from './relevant.ts'
import { answerWords } from './words.ts'

/** Tries the real resolver at many points of a graph: it must stand at the same question, with the same answers exported. */
export function agreementProblems(
  book: RuleBook,
  dialogs: Dialogs,
  graph: Graph,
  asOf: string,
  fileOf: (id: string) => string,
  most = 600,
): readonly Problem[] {
  const walked = dialogsOf(dialogs, graph.questions)
  const stride = Math.max(1, Math.floor(graph.nodes.length / most))
  return graph.nodes
    .filter((_, index) => index % stride === 0)
    .flatMap((node) => {
      const resolution = resolve(book, walked, node.answers, asOf)
      const exported = Object.keys(answersOnPath(resolution))
      const given = Object.keys(node.answers)
      const same = resolution.open?.question.id === node.question?.id && exported.join() === given.join()
      if (same) return []
      return [
        {
          file: fileOf(node.question?.id ?? exported.at(-1) ?? ''),
          place: node.question?.id ?? 'end',
          problem: `the resolver asks "${resolution.open?.question.id ?? 'nothing'}" and uses ${listed(exported, 20)}, where the walk stands at "${node.question?.id ?? 'the end'}"`,
          remedy: 'This is a fault of the program, not of the rules: report it with this example.',
          example: answerWords(node.answers),
        },
      ]
    })
    .slice(0, 3)
}
