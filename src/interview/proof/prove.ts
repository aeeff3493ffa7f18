import type { z } from 'zod'
import { shapeProblems, type Parsed } from '../../rules/proof/files.ts'
import type { Problem } from '../../rules/proof/problem.ts'
import { textProblems } from '../../rules/proof/texts.ts'
import type { YamlFile } from '../../rules/read.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { buildDialogs, type Dialogs } from '../dialogs.ts'
import { sectionSchema } from '../schema.ts'
import { agreementProblems } from './agreement.ts'
import { buildGraph, sharedFrames, type Graph } from './graph.ts'
import { idleProblems } from './idle.ts'
import { questionProblems } from './questions.ts'
import { reachProblems } from './reach.ts'
import { askedTables } from './asked.ts'
import { applicationWalks, questionsFor } from './relevant.ts'
import { slicesOf } from './slices.ts'
import { unsureProblems } from './unsure.ts'
import { idsIn } from '../../rules/proof/subject.ts'

export interface DialogsRead {
  readonly dialogs: Dialogs
  readonly fileOf: (id: string) => string
}

/** Reads the files of `dialogs/` and judges each question by itself. Without `read` no walk is possible yet. */
export function readDialogs(
  { files, problems: broken }: Parsed,
  book: RuleBook | undefined,
): { read?: DialogsRead; problems: readonly Problem[] } {
  const words = textProblems(files, 'dialogs')
  const trees = files.filter(({ path }) => isTree(path))
  const shapes = shapeProblems(files, 'dialogs', (path): z.ZodType | undefined =>
    isTree(path) ? sectionSchema : undefined,
  ).filter((shape) => !words.some((word) => word.file === shape.file && shape.place.startsWith(word.place)))
  const stopping = [...broken, ...shapes, ...duplicates(trees)]
  const problems = [...stopping, ...words]
  if (stopping.length > 0 || !book || words.some(({ problem }) => problem.includes('is missing')))
    return { problems }
  const dialogs = buildDialogs(trees)
  const fileById = new Map(
    trees.flatMap(({ path, content }) =>
      idsIn(content, 'questions').map((id) => [id, `dialogs/${path}`] as const),
    ),
  )
  const fileOf = (id: string) => fileById.get(id) ?? 'dialogs'
  return { read: { dialogs, fileOf }, problems: [...problems, ...questionProblems(book, dialogs, fileOf)] }
}

/** Walks every path. The graphs serve the snapshot as well. */
export function walkDialogs(
  book: RuleBook,
  { dialogs, fileOf }: DialogsRead,
  asOf: string,
): { problems: readonly Problem[]; graphs: readonly Graph[] } {
  const questions = [...dialogs.questions.values()]
  const slices = askedTables(book, questions).flatMap((table) => slicesOf(book, table))
  const frames = sharedFrames(book, asOf)
  const graphs = slices.map((table) =>
    buildGraph(book, questionsFor(book, dialogs, table), asOf, table, frames),
  )
  const application = applicationWalks(book, dialogs).map((walk) =>
    buildGraph(book, walk.questions, asOf, walk.table, frames),
  )
  const filing = graphs.find(({ table }) => table.id === 'filing-type')
  return {
    graphs,
    problems: [
      ...reachProblems(book, graphs, application, dialogs, asOf, fileOf),
      ...idleProblems(book, graphs, dialogs.sections, fileOf),
      ...graphs.flatMap((graph) => unsureProblems(book, graph, asOf)),
      ...(filing ? agreementProblems(book, dialogs, filing, asOf, fileOf) : []),
      ...application.flatMap((graph) => agreementProblems(book, dialogs, graph, asOf, fileOf, 60)),
    ],
  }
}

/** Trees are the files that begin with their number; the others hold words. */
function isTree(path: string): boolean {
  return /^\d/.test(path)
}

function duplicates(files: readonly YamlFile[]): readonly Problem[] {
  const first = new Map<string, string>()
  return files.flatMap(({ path, content }) =>
    idsIn(content, 'questions').flatMap((id) => {
      const file = `dialogs/${path}`
      const earlier = first.get(id)
      first.set(id, earlier ?? file)
      if (earlier === undefined) return []
      return [
        {
          file,
          place: id,
          problem: `the question "${id}" is asked a second time; the first stands in ${earlier === file ? 'the same file' : earlier}`,
          remedy: 'Keep one of the two: every answer is asked for in one place.',
        },
      ]
    }),
  )
}
