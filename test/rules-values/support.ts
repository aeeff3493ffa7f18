import { join } from 'node:path'
import { readYamlFolder } from '../../src/rules/read.ts'
import { buildRuleBook } from '../../src/rules/rulebook.ts'
import { buildValueBook } from '../../src/rules/values/value-book.ts'
import type { Context } from '../../src/rules/values/validation.ts'

const files = readYamlFolder(join(import.meta.dirname, '../../rules'), 'rules-invalid')
export const ruleFiles = files
export const ruleBook = buildRuleBook(files)
export const valueBook = buildValueBook(files)

export function context(more: Partial<Context> = {}): Context {
  return { book: valueBook, asOf: '2026-11-24', ...more }
}
