import { UNSURE, type AnswerValue, type Answers } from '../../rules/answers.ts'
import type { Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Dialogs } from '../dialogs.ts'
import { resolve } from '../resolve.ts'
import type { Graph } from './graph.ts'
import { columnsOf, groupsSaid, lineOf, type Columns } from './lines.ts'
import { outcomeProblems } from './outcome.ts'
import { regionLines } from './regions.ts'
import { productOf, type Choice, type Point, type Product } from './product.ts'
import { dialogsOf } from './relevant.ts'

/** How a path may leave the plain one, on which every question gets its first option. */
interface Allowance {
  /** Questions that may get any answer. */
  readonly free: ReadonlySet<string>
  /** How many further questions may get another than the plain answer. */
  readonly deviations: number
  /** Questions that keep the plain answer. */
  readonly fixed?: ReadonlySet<string> | undefined
}

interface Path {
  readonly answers: Answers
  /** Where it leaves the plain path, with all answers that lead on alike. */
  readonly groups: Readonly<Record<string, readonly AnswerValue[]>>
}

/**
 * One line per class of paths. All ways through the questions that decide the filing, everything else plain; then,
 * for each result of the filing, every single other answer; for the plain case also every two together, those of
 * the application apart.
 */
export function snapshotOf(
  book: RuleBook,
  dialogs: Dialogs,
  graphs: readonly Graph[],
  asOf: string,
): { lines: readonly string[]; problems: readonly Problem[] } {
  const filing = graphs.find(({ table }) => table.id === 'filing-type')?.table
  const free = new Set(filing?.inputs.filter((key) => book.keys.get(key)?.type !== 'region'))
  // Questions that no table depends on lead nowhere that a line could show.
  const walked = dialogsOf(dialogs, new Set(graphs.flatMap(({ questions }) => questions)))
  const product = productOf(graphs, [...walked.questions.values()])
  const application = new Set(
    dialogs.sections.filter((each) => each.application).flatMap((each) => each.questions.map(({ id }) => id)),
  )
  const tables = [...book.tables.values()].filter(({ id }) => graphs.some(({ table }) => table.id === id))
  const lines = new Set<string>()
  const problems: Problem[] = []
  const firsts = new Map<string, Path>()
  let plain: Columns | undefined
  const write = (path: Path): string => {
    const resolution = resolve(book, walked, path.answers, asOf)
    problems.push(...outcomeProblems(book, resolution))
    const columns = columnsOf(book, tables, path.answers, resolution)
    const said = groupsSaid(book, path.groups)
    lines.add(lineOf(said || 'plain', columns, said === '' ? undefined : plain))
    if (said === '') plain = columns
    return resolution.assessment.filing.possible.join(' ')
  }
  // The plain path comes first: every question gets its first option.
  for (const path of pathsFrom(product, { free, deviations: 0 })) {
    const result = write(path)
    if (!firsts.has(result)) firsts.set(result, path)
  }
  for (const [result, path] of firsts) {
    const around = (deviations: number, fixed?: ReadonlySet<string>) =>
      pathsFrom(product, { free: new Set(), deviations, fixed }, path.answers)
    around(1).forEach(write)
    if (result === 'first-time')
      around(2, application)
        .filter((near) => !deviatesByRegion(book, near))
        .forEach(write)
  }
  const regions = regionLines(book, walked, firsts.values().next().value?.answers ?? {}, asOf)
  return { lines: [...[...lines].sort(), ...regions.lines], problems: [...problems, ...regions.problems] }
}

/** Paths within the allowance; questions outside it get the answer of `base`, or their first option. */
function pathsFrom(
  { start, choicesAt }: Product,
  { free, deviations, fixed }: Allowance,
  base: Answers = {},
): readonly Path[] {
  const found: Path[] = []
  const step = (point: Point, path: Path, left: number) => {
    const { question } = point
    if (!question) return found.push(path)
    const choices = choicesAt(point)
    const [first] = choices
    const plain =
      choices.find(({ values }) => values.some((value) => String(value) === String(base[question.id]))) ??
      first
    for (const choice of choices) {
      const isPlain = choice === plain
      const isFree = free.has(question.id) && !choice.values.includes(UNSURE)
      if (!isPlain && !isFree && (left === 0 || fixed?.has(question.id))) continue
      const next: Path = {
        answers: { ...path.answers, [question.id]: answerFrom(choice, base[question.id]) },
        groups: choice === first ? path.groups : { ...path.groups, [question.id]: choice.values },
      }
      step(choice.to, next, isPlain || isFree ? left : left - 1)
    }
    return undefined
  }
  step(start, { answers: {}, groups: {} }, deviations)
  return found
}

function answerFrom(choice: Choice, wanted: AnswerValue | undefined): AnswerValue {
  return choice.values.find((value) => String(value) === String(wanted)) ?? choice.values[0] ?? UNSURE
}

function deviatesByRegion(book: RuleBook, path: Path): boolean {
  return Object.keys(path.groups).some((key) => book.keys.get(key)?.type === 'region')
}

export interface SnapshotDifference {
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

/** Lines of the kept snapshot that no longer come out, and lines that are new. Undefined when all is as kept. */
export function differenceFrom(
  kept: readonly string[],
  now: readonly string[],
): SnapshotDifference | undefined {
  const [before, after] = [new Set(kept), new Set(now)]
  const gone = kept.filter((line) => !after.has(line))
  const added = now.filter((line) => !before.has(line))
  return gone.length + added.length === 0 ? undefined : { gone, added }
}
