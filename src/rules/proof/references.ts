import { meant, type Problem } from './problem.ts'
import type { Subject } from './subject.ts'

interface Citation {
  readonly file: string
  readonly place: string
  readonly id: string
}

/** Whatever is cited exists: sources of facts, rows and conflicts; facts of rows and regions. */
export function referenceProblems(subject: Subject): readonly Problem[] {
  const { book } = subject
  const lost = (what: string, shelf: ReadonlyMap<string, unknown>, home: string, citations: readonly Citation[]) =>
    citations
      .filter(({ id }) => !shelf.has(id))
      .map(({ file, place, id }) => ({
        file,
        place,
        problem: `it cites the ${what} "${id}", which does not exist`,
        remedy: `Correct the id, or add the ${what} to ${home}.${meant(id, shelf.keys())}`,
      }))
  return [
    ...lost('source', book.sources, 'rules/sources.yaml', sourceCitations(subject)),
    ...lost('fact', book.facts, 'rules/national or rules/provinces', factCitations(subject)),
    ...unused(subject),
  ]
}

export function sourceCitations({ book, fileOf }: Subject): readonly Citation[] {
  const cited = (id: string, sources: readonly string[]) =>
    sources.map((source) => ({ file: fileOf(id), place: id, id: source }))
  return [
    ...[...book.facts.values()].flatMap((fact) => cited(fact.id, fact.sources)),
    ...[...book.conflicts.values()].flatMap((conflict) => cited(conflict.id, conflict.positions.map(({ source }) => source))),
    ...[...book.tables.values()].flatMap((table) => table.rows.flatMap((row) => cited(row.id, row.sources))),
  ]
}

function factCitations({ book, fileOf }: Subject): readonly Citation[] {
  return [
    ...[...book.tables.values()].flatMap((table) =>
      table.rows.flatMap((row) => (row.facts ?? []).map((id) => ({ file: fileOf(row.id), place: row.id, id }))),
    ),
    ...[...book.provinces.values()].flatMap((province) =>
      province.sms.facts.map((id) => ({ file: fileOf(province.province), place: 'sms › facts', id })),
    ),
  ]
}

/** A source that nothing cites does no harm: it is named, no more. */
function unused(subject: Subject): readonly Problem[] {
  const cited = new Set(sourceCitations(subject).map(({ id }) => id))
  return [...subject.book.sources.keys()]
    .filter((id) => !cited.has(id))
    .map((id) => ({
      file: 'rules/sources.yaml',
      place: id,
      problem: 'nothing cites this source',
      remedy: 'Cite it where it is used, or remove it.',
      note: true,
    }))
}
