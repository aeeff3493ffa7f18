import { z } from 'zod'
import type { Collected } from '../rules/assess/collected.ts'
import { holds } from '../rules/condition.ts'
import type { Problem } from '../rules/proof/problem.ts'
import { fileNamed, parseFile, type YamlFile } from '../rules/read.ts'
import { tableOf, type RuleBook } from '../rules/rulebook.ts'
import { conditionSchema, textSchema } from '../rules/schema.ts'
import type { DossierItem } from './dossier/schema.ts'
import type { Resolution } from './resolve.ts'

const FILE = 'checklist.yaml'
const paper = z.strictObject({
  /** Results of the table of documents. */
  results: z.array(z.string().min(1)).min(1),
  /** It says more about another paper, and is none itself. */
  detail: z.boolean().default(false),
  /** Where answers say so, nobody has to make it. What was not asked counts for nothing. */
  spared: conditionSchema.optional(),
  how: textSchema,
  facts: z.array(z.string().min(1)).min(1),
})
/** How a paper is made and handed in. */
export type PaperHow = z.infer<typeof paper>
/** `rules/checklist.yaml`, by result of the table of documents. */
export type PaperHows = ReadonlyMap<string, PaperHow>

const checklistFile = z.strictObject({ papers: z.array(paper).min(1) })

/** Papers of this case, each with how to make it and what the official app does itself. Pure. */
export function checklist(book: RuleBook, hows: PaperHows, resolution: Resolution): readonly DossierItem[] {
  return papersNeeded(hows, resolution).map((document) => {
    const how = howOf(hows, document)
    const sources = [...document.sources.map(({ id }) => id), ...sourcesOf(book, how)]
    return {
      id: document.ruleId,
      label: document.label,
      text: document.text,
      notes: how ? [how.how] : [],
      sources: [...new Set(sources)],
      certain: document.certain,
    }
  })
}

/** The papers without those that the answers of this case make needless. */
export function papersNeeded(hows: PaperHows, { assessment, path }: Resolution): readonly Collected[] {
  const asked = new Set(path.map(({ question }) => question.id))
  return assessment.documents.filter((document) => {
    const spared = howOf(hows, document)?.spared
    return (
      spared === undefined ||
      !Object.keys(spared).every((key) => asked.has(key)) ||
      holds(spared, assessment.know) !== 'true'
    )
  })
}

export function howOf(hows: PaperHows, { result }: Pick<Collected, 'result'>): PaperHow | undefined {
  return hows.get(result)
}

export function sourcesOf(book: RuleBook, how: PaperHow | undefined): readonly string[] {
  return (how?.facts ?? []).flatMap((id) => book.facts.get(id)?.sources ?? [])
}

/** Finds the file among those of `rules/`. Throws AppError `rules-invalid`. */
export function buildPaperHows(files: readonly YamlFile[]): PaperHows {
  const { papers } = parseFile(checklistFile, fileNamed(files, FILE, 'rules-invalid'), 'rules-invalid')
  return new Map(papers.flatMap((one) => one.results.map((result) => [result, one] as const)))
}

/** Every paper that can be asked for has its entry, and every fact exists. */
export function proveChecklist(hows: PaperHows, book: RuleBook): readonly Problem[] {
  const fault = (place: string, problem: string, remedy: string): Problem => ({
    ...{ file: `rules/${FILE}`, place, problem, remedy },
  })
  const results = Object.keys(tableOf(book, 'documents').results)
  return [
    ...results
      .filter((result) => !hows.has(result))
      .map((result) =>
        fault(result, 'nothing says how this paper is made', 'Add it to the entry that fits, or a new one.'),
      ),
    ...[...hows.keys()]
      .filter((result) => !results.includes(result))
      .map((result) => fault(result, 'the table of documents has no such result', 'Correct the name.')),
    ...[...new Set(hows.values())].flatMap(({ results: [place = ''], facts }) =>
      facts
        .filter((id) => !book.facts.has(id))
        .map((id) => fault(place, `it cites the fact "${id}", which is not there`, 'Correct the id.')),
    ),
  ]
}
