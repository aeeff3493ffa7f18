import type { Problem } from './problem.ts'
import type { Subject } from './subject.ts'

const FILE = 'rules/sources.yaml'

/** A source can be found again (an address or a place), and its date says something. */
export function sourceProblems({ book }: Subject): readonly Problem[] {
  return [...book.sources].flatMap(([id, source]) => {
    const problems: Problem[] = []
    // What is recalled and not read has no place to look it up; `evidence` tells readers so.
    if (source.address === undefined && source.evidence !== 'recalled')
      problems.push({
        file: FILE,
        place: id,
        problem: 'the source has neither an address nor a place of publication',
        remedy: 'Add "address": where a reader finds the document. If nobody has read it, say "evidence: recalled".',
      })
    if (!/\d{4}|undated|mixed|old/i.test(source.date))
      problems.push({
        file: FILE,
        place: id,
        problem: `the date "${source.date}" says nothing: it names no year`,
        remedy: 'Write the date as the document states it, "undated", or "mixed" for several documents.',
      })
    return problems
  })
}
