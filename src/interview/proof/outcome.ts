import type { Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { answersOnPath, type Resolution } from '../resolve.ts'
import { answerWords } from './words.ts'

/** What an applicant gets at the end: a filing result with reason, sources, next step, and papers where the rules list some. */
export function outcomeProblems(book: RuleBook, resolution: Resolution): readonly Problem[] {
  const { filing, documents, preApprovals, commercialLicence, obligations } = resolution.assessment
  const example = answerWords(answersOnPath(resolution))
  const say = (file: string, place: string, problem: string, remedy: string): Problem => ({
    file: `rules/decisions/${file}.yaml`,
    place,
    problem,
    remedy,
    example,
  })
  const problems: Problem[] = []
  if (resolution.open)
    problems.push(
      say(
        'filing-type',
        resolution.open.question.id,
        'the path does not end: this question stays open',
        'Report this with the example.',
      ),
    )
  if (filing.possible.length === 0)
    problems.push(
      say(
        'filing-type',
        'rows',
        'dead end: the path ends without a result for the filing',
        'Add the row for this case.',
      ),
    )
  for (const statement of [
    ...filing.reasons,
    ...preApprovals,
    ...commercialLicence.reasons,
    ...documents,
    ...obligations,
  ])
    if (statement.sources.length === 0)
      problems.push(
        say(
          statement.ruleId.split('.')[0] ?? '',
          statement.ruleId,
          'the result names no source that exists',
          'Cite a source of rules/sources.yaml.',
        ),
      )
  for (const type of filing.possible) {
    if (!filing.next[type])
      problems.push(
        say(
          'filing-type',
          `results › ${type}`,
          'the result says no next step',
          'Add "next" in both languages.',
        ),
      )
    if (needsDocuments(book, type) && documents.length === 0)
      problems.push(
        say(
          'documents',
          type,
          'no document is listed, although papers are needed for this filing',
          'Add the row that lists them for this case.',
        ),
      )
  }
  return problems
}

/** A filing for which some row of the table of documents is written. */
function needsDocuments(book: RuleBook, type: string): boolean {
  return Boolean(
    book.tables.get('documents')?.rows.some(({ when }) => {
      const wanted = when['filing-type']
      return wanted === type || (Array.isArray(wanted) && wanted.includes(type))
    }),
  )
}
