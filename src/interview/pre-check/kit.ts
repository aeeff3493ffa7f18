import type { Text } from '../../language.ts'
import { buildNameRules, type NameRules } from '../../rules/names/name-rules.ts'
import { fileNamed, parseFile, readYamlFile, type YamlFile } from '../../rules/read.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { ValueBook } from '../../rules/values/value-book.ts'
import { buildPaperHows, type PaperHows } from '../checklist.ts'
import type { Rejection } from '../following/rejections.ts'
import { preCheckFile, type PreCheckFile, type PreCheckRule } from './schema.ts'

/** What the pre-check works with, loaded once. */
export interface PreCheckKit {
  readonly book: RuleBook
  readonly rules: PreCheckFile
  readonly names: NameRules
  readonly values: ValueBook
  readonly rejections: ReadonlyMap<string, Rejection>
  /** How the papers of a case are made. */
  readonly papers: PaperHows
}

export interface Known {
  readonly book: RuleBook
  readonly values: ValueBook
  readonly rejections: readonly Rejection[]
}

const FILES = ['pre-check.yaml', 'checklist.yaml', 'names.yaml']

/** Reads `pre-check.yaml`, `checklist.yaml` and `names.yaml` below `rules/`. Throws AppError `rules-invalid`. */
export function loadPreCheckKit(folder: string, known: Known): PreCheckKit {
  const files = FILES.map((path) => readYamlFile(folder, path, 'rules-invalid'))
  return buildPreCheckKit(files, known)
}

/** The same from files already read, paths relative to `rules/`. */
export function buildPreCheckKit(
  files: readonly YamlFile[],
  { book, values, rejections }: Known,
): PreCheckKit {
  return {
    book,
    values,
    rules: parseFile(preCheckFile, fileNamed(files, 'pre-check.yaml', 'rules-invalid'), 'rules-invalid'),
    names: buildNameRules(book, files),
    rejections: new Map(rejections.map((one) => [one.id, one])),
    papers: buildPaperHows(files),
  }
}

/** A few words for what a rule foresees: its own, or those of the rejection. */
export function titleOf({ rejections }: PreCheckKit, rule: PreCheckRule): Text | undefined {
  return rule.title ?? rejections.get(rule.rejection ?? '')?.title
}

/** What mends it: the rule's own words, or those of the rejection. */
export function fixOf({ rejections }: PreCheckKit, rule: PreCheckRule): Text | undefined {
  return rule.fix ?? rejections.get(rule.rejection ?? '')?.fix
}
