import { knowledgeFrom, type Answers } from '../../src/rules/answers.ts'
import { assess, type Assessment } from '../../src/rules/assess/assess.ts'
import { lintName, type NameHit } from '../../src/rules/names/lint-name.ts'
import { loadNameRules } from '../../src/rules/names/name-rules.ts'
import { loadRuleBook } from '../../src/rules/rulebook.ts'
import type { About } from '../../src/rules/names/checks.ts'

export const book = loadRuleBook('rules')
export const names = loadNameRules(book, 'rules')
export const TODAY = '2026-11-24'

/** A first filing of an enterprise in Zhejiang, and what is laid over it. */
const PLAIN: Answers = {
  'server.region': 'mainland',
  'server.provider': 'alibaba-cloud',
  'entity.kind': 'enterprise',
  'entity.province': 'CN-ZJ',
  'entity.filing': 'none',
  'domain.filing': 'none',
  'website.services': ['none'],
  'website.commercial': 'no',
  'website.interactive': 'no',
  'leader.residency': 'mainland',
}

export function assessed(answers: Answers = {}, asOf = TODAY): Assessment {
  return assess(book, { ...PLAIN, ...answers }, asOf)
}

/** Short ids (`footer.link` → `link`) of the rules that hold, with `?` where that is still open. */
export function short(
  rulings: readonly { readonly ruleId: string; readonly certain: boolean }[],
): readonly string[] {
  return rulings.map(
    (ruling) => ruling.ruleId.slice(ruling.ruleId.indexOf('.') + 1) + (ruling.certain ? '' : '?'),
  )
}

export function lint(name: string, answers: Answers, asOf = TODAY, about: About = {}): readonly NameHit[] {
  return lintName(names, name, knowledgeFrom(book, answers), asOf, about)
}
