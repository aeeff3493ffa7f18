import { UNSURE, type Answers } from '../answers.ts'
import { isSettled, type Knowledge } from '../knowledge.ts'
import { withBehind } from '../proof/domain.ts'
import { valuesOf, type RuleBook } from '../rulebook.ts'
import { assess, type Assessment } from './assess.ts'

/**
 * Keys whose answer could still change something the rules say, in the order of rules/keys.yaml: each
 * unsettled key is tried with each of its values, and matters when two of them lead to different results.
 */
export function openKeys(book: RuleBook, answers: Answers, asOf: string): readonly string[] {
  const { know } = assess(book, answers, asOf)
  const asked = keysOfTables(book)
  return [...book.keys.keys()].filter(
    (key) => asked.has(key) && isOpen(book, know, answers, key) && matters(book, answers, key, asOf),
  )
}

/** Keys that some row asks about, or that decide whether such a key applies. The others, which the form needs, change nothing. */
function keysOfTables(book: RuleBook): ReadonlySet<string> {
  const known = ofTables.get(book)
  if (known) return known
  const rows = [...book.tables.values()].flatMap((table) => table.rows)
  // The kind of entity, the region and the services also choose facts and rows by their scope.
  const keys = ['entity.kind', 'entity.province', 'website.services', ...rows.flatMap(({ when }) => Object.keys(when))]
  const made = new Set(withBehind(book, keys))
  ofTables.set(book, made)
  return made
}
const ofTables = new WeakMap<RuleBook, ReadonlySet<string>>()

/** Whether the key's values lead to different results, other answers as they are. */
export function matters(book: RuleBook, answers: Answers, key: string, asOf: string): boolean {
  const list = book.keys.get(key)?.type === 'choices'
  const seen = new Set<string>()
  for (const value of valuesOf(book, key)) {
    const tried = { ...answers, [key]: list ? [value] : value }
    seen.add(fingerprint(assess(book, tried, asOf)))
    if (seen.size > 1) return true
  }
  return false
}

function isOpen(book: RuleBook, know: Knowledge, answers: Answers, key: string): boolean {
  const known = know(key)
  if (known.kind === 'one' && known.possible.length === 0) return false
  // A key that rests on its default counts as settled unless somebody said that they are unsure.
  return !isSettled(known) || (Object.hasOwn(answers, key) && answers[key] === UNSURE)
}

/** What an assessment says, as one comparable string of rule ids. */
export function fingerprint(assessment: Assessment): string {
  const ids = (statements: readonly { ruleId: string; certain: boolean }[]) =>
    statements.map((statement) => `${statement.ruleId}${statement.certain ? '' : '?'}`).join(' ')
  return [
    assessment.filing.possible.join(' '),
    assessment.preApprovals.map((approval) => `${approval.category}:${approval.ruleId}`).join(' '),
    `${assessment.commercialLicence.result} ${ids(assessment.commercialLicence.reasons)}`,
    ids(assessment.documents),
    assessment.province?.requirements.map((requirement) => requirement.id).join(' ') ?? '',
    `${assessment.sms.required} ${assessment.sms.since} ${ids(assessment.sms.recipients)}`,
    ids(assessment.obligations),
    ids(assessment.notices),
    ...[
      assessment.residence,
      assessment.leader,
      assessment.administrator,
      assessment.leaderAge,
      assessment.sitesLimit,
      assessment.publicSecurity,
      assessment.emptyShell,
      assessment.changes,
    ].map((decision) => ids(decision.reasons)),
    ids(assessment.identityVerification),
    ids(assessment.domainRequirements),
    ids(assessment.serverRequirements),
    ids(assessment.footer),
  ].join(' | ')
}
