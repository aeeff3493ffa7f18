import { AppError } from '../../errors.ts'
import type { Text } from '../../language.ts'
import { buildNameRules, type NameRules } from '../../rules/names/name-rules.ts'
import { parseFile, readYamlFolder, type YamlFile } from '../../rules/read.ts'
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

/** Reads `pre-check.yaml`, `checklist.yaml` and `names.yaml` below `rules/`. Throws AppError `rules-invalid`. */
export function loadPreCheckKit(folder: string, known: Known): PreCheckKit {
  return buildPreCheckKit(readYamlFolder(folder, 'rules-invalid'), known)
}

/** The same from files already read, paths relative to `rules/`. */
export function buildPreCheckKit(
  files: readonly YamlFile[],
  { book, values, rejections }: Known,
): PreCheckKit {
  return {
    book,
    values,
    rules: buildPreCheckRules(files),
    names: buildNameRules(book, files),
    rejections: new Map(rejections.map((one) => [one.id, one])),
    papers: buildPaperHows(files),
  }
}

function buildPreCheckRules(files: readonly YamlFile[]): PreCheckFile {
  const file = files.find(({ path }) => path === 'pre-check.yaml')
  if (file) return parseFile(preCheckFile, file, 'rules-invalid')
  throw new AppError('rules-invalid', {
    subject: 'pre-check.yaml',
    detail: 'pre-check.yaml is missing',
    remedy: 'Restore the file.',
  })
}

/** A few words for what a rule foresees: its own, or those of the rejection. */
export function titleOf({ rejections }: PreCheckKit, rule: PreCheckRule): Text | undefined {
  return rule.title ?? rejections.get(rule.rejection ?? '')?.title
}

/** What mends it: the rule's own words, or those of the rejection. */
export function fixOf({ rejections }: PreCheckKit, rule: PreCheckRule): Text | undefined {
  return rule.fix ?? rejections.get(rule.rejection ?? '')?.fix
}
