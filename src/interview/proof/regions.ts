import type { Answers } from '../../rules/answers.ts'
import type { Problem } from '../../rules/proof/problem.ts'
import { valuesOf, type RuleBook } from '../../rules/rulebook.ts'
import type { Dialogs } from '../dialogs.ts'
import { resolve } from '../resolve.ts'
import { answersTo } from './graph.ts'
import { outcomeProblems } from './outcome.ts'
import { answerWords } from './words.ts'

/**
 * Every region with every kind of entity, on the plain path: it ends, and what the region asks for is told. One
 * line per region for an individual and one for the organisations that get the same.
 */
export function regionLines(
  book: RuleBook,
  dialogs: Dialogs,
  plain: Answers,
  asOf: string,
): { lines: readonly string[]; problems: readonly Problem[] } {
  const lines = new Map<string, string[]>()
  const problems: Problem[] = []
  for (const region of book.provinces.keys())
    for (const kind of valuesOf(book, 'entity.kind')) {
      const start = { ...plain, 'entity.province': region, 'entity.kind': kind }
      const answers = finished(book, dialogs, start, asOf)
      const resolution = resolve(book, dialogs, answers, asOf)
      problems.push(...outcomeProblems(book, resolution))
      const { province } = resolution.assessment
      if (!province || province.requirements.length === 0)
        problems.push({
          file: `rules/provinces/${region}.yaml`,
          place: 'facts',
          problem: `nothing is told about the region to ${kind}`,
          remedy: 'Restore its facts, or correct their topics and scope.',
          example: answerWords(answers),
        })
      const ids = province?.requirements.map(({ id }) => id.replace(`${region}.`, '')).join(' ') ?? ''
      const away = province?.outOfProvinceIndividual
        ? ` | from elsewhere: ${book.provinces.get(region)?.outOfProvinceIndividual.verdict}`
        : ''
      const line = `${ids}${away}`
      lines.set(`${region} ${line}`, [...(lines.get(`${region} ${line}`) ?? []), kind])
    }
  return {
    lines: [...lines].map(
      ([line, kinds]) => `region ${line.slice(0, 5)} ${kindsSaid(book, kinds)} → ${line.slice(6)}`,
    ),
    problems: problems.slice(0, 5),
  }
}

/** Further questions that this kind of entity is asked get their first option. */
function finished(book: RuleBook, dialogs: Dialogs, start: Answers, asOf: string): Answers {
  let answers = start
  for (let step = 0; step < dialogs.questions.size; step += 1) {
    const { open } = resolve(book, dialogs, answers, asOf)
    const value = open && answersTo(book, open.question, asOf)[0]
    if (value === undefined) break
    answers = { ...answers, [open?.question.id ?? '']: value }
  }
  return answers
}

function kindsSaid(book: RuleBook, kinds: readonly string[]): string {
  const group = Object.entries(book.groups).find(
    ([, members]) => members.length === kinds.length && members.every((kind) => kinds.includes(kind)),
  )
  return group?.[0] ?? kinds.join(',')
}
