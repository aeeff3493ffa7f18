import type { Language, Text } from '../../language.ts'
import { CHECKED } from '../case.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Resolution } from '../resolve.ts'
import { quote } from '../../rules/assess/statement.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Divisions } from '../../rules/values/divisions.ts'
import { answerText } from './answer-text.ts'
import type { OfficialForm } from './form.ts'
import { formSheet } from './form-sheet.ts'
import { flowOf, obligationsOf, provinceOf, resultsOf } from './results.ts'
import { DOSSIER_VERSION, type Dossier, type DossierFinding, type DossierItem } from './schema.ts'

export interface DossierSubject {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly form: OfficialForm
  readonly divisions: () => Divisions
  readonly resolution: Resolution
  readonly language: Language
  readonly now: Date
  readonly disclaimer: Text
  /** How the case is named to people; never its secret. */
  readonly caseCode?: string | undefined
  /** What a reviewer would find fault with; undefined where nobody looked. */
  readonly findings?: readonly DossierFinding[]
  /** Papers of this case; without it, those the rules name. */
  readonly checklist?: readonly DossierItem[]
}

/**
 * The application as one piece of data: what was answered, what to type where, what to bring, what follows. Pure.
 * Its answers are those on the path and no others; everything else follows from them and the rules.
 */
export function dossier(subject: DossierSubject): Dossier {
  const { book, resolution, language, now, disclaimer, caseCode } = subject
  const { path, open, assessment } = resolution
  const made: Omit<Dossier, 'sources'> = {
    version: DOSSIER_VERSION,
    ...(caseCode === undefined ? {} : { caseCode }),
    language,
    madeAt: now.toISOString(),
    rulesAsOf: assessment.asOf,
    complete: open === undefined,
    checked: path.some(({ question, value }) => question.id === CHECKED && value === 'yes'),
    answers: answersOf(subject),
    formSheet: formSheet(subject).map(({ id, title, fields }) => ({
      id,
      title,
      fields: fields.map((field) => ({ ...field })),
    })),
    checklist: [...(subject.checklist ?? papersOf(resolution))],
    findings: subject.findings ? [...subject.findings] : null,
    results: resultsOf(resolution),
    province: provinceOf(resolution),
    flow: flowOf(book, subject.form, assessment.asOf),
    obligations: obligationsOf(resolution),
    disclaimer,
  }
  return { ...made, sources: sourcesOf(book, made) }
}

function answersOf(subject: DossierSubject): Dossier['answers'] {
  return Object.fromEntries(
    subject.resolution.path.map(({ question, section, value }) => [
      question.id,
      {
        section: section.id,
        question: question.label,
        value: typeof value === 'string' ? value : [...value],
        text: answerText(subject, question.id, value),
        personal: question.personal,
      },
    ]),
  )
}

function papersOf({ assessment }: Resolution): readonly DossierItem[] {
  return assessment.documents.map(({ ruleId, label, text, sources, certain }) => ({
    id: ruleId,
    label,
    text,
    notes: [],
    sources: sources.map(({ id }) => id),
    certain,
  }))
}

/** Every source that anything in the dossier names, once. */
function sourcesOf(book: RuleBook, made: object): Dossier['sources'] {
  return Object.fromEntries(
    quote(book, [...new Set(namedIn(made))].sort()).map(({ id, title, publisher, date, address }) => [
      id,
      { title, publisher, date, ...(address === undefined ? {} : { address }) },
    ]),
  )
}

function namedIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namedIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === 'sources' && Array.isArray(inner)
      ? inner.filter((key) => typeof key === 'string')
      : namedIn(inner),
  )
}
