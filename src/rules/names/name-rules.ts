import { AppError } from '../../errors.ts'
import { fileNamed, parseFile, readYamlFile, type YamlFile } from '../read.ts'
import type { RuleBook } from '../rulebook.ts'
import { namesFile, type NameRule } from './schema.ts'

/** rules/names.yaml, checked against the rest of the rules. Immutable. */
export interface NameRules {
  readonly book: RuleBook
  readonly rules: readonly NameRule[]
  /** Traditional character → simplified one. */
  readonly variants: ReadonlyMap<string, string>
}

/** Reads `names.yaml` below `rules/`. Throws AppError `rules-invalid` naming the rule and what is wrong. */
export function loadNameRules(book: RuleBook, folder: string): NameRules {
  return buildNameRules(book, [readYamlFile(folder, 'names.yaml', 'rules-invalid')])
}

/** The same from files already read, paths relative to `rules/`. */
export function buildNameRules(book: RuleBook, files: readonly YamlFile[]): NameRules {
  const parsed = parseFile(namesFile, fileNamed(files, 'names.yaml', 'rules-invalid'), 'rules-invalid')
  const ids = new Set<string>()
  for (const rule of parsed.rules) {
    if (ids.has(rule.id)) throw invalid(rule.id, `two name rules are called "${rule.id}"`, 'Give the newer one an id of its own.')
    ids.add(rule.id)
    checkReferences(book, rule)
  }
  const variants = parsed.variants.split(' ').map((pair) => [...pair])
  return { book, rules: parsed.rules, variants: new Map(variants.map(([old = '', now = '']) => [old, now])) }
}

function checkReferences(book: RuleBook, rule: NameRule): void {
  const fact = [...rule.facts, ...(rule.wordsFrom ? [rule.wordsFrom] : [])].find((id) => !book.facts.has(id))
  if (fact !== undefined) throw invalid(rule.id, `${rule.id} names the fact "${fact}", which does not exist`, 'Correct the id.')
  const source = rule.sources.find((id) => !book.sources.has(id))
  if (source !== undefined)
    throw invalid(rule.id, `${rule.id} names the source "${source}", which does not exist`, 'Correct it, or add it to sources.yaml.')
  const key = Object.keys(rule.when).find((name) => name !== 'entity.group' && !book.keys.has(name))
  if (key !== undefined) throw invalid(rule.id, `${rule.id} asks about "${key}", which is no key`, 'Take a key of keys.yaml.')
  if (rule.wordsFrom !== undefined && !book.facts.get(rule.wordsFrom)?.words)
    throw invalid(rule.id, `${rule.id} takes its words from "${rule.wordsFrom}", which has none`, 'Add "words" to the fact.')
}

function invalid(subject: string, detail: string, remedy: string): AppError {
  return new AppError('rules-invalid', { subject: `names.yaml: ${subject}`, detail, remedy })
}
