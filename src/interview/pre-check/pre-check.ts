import type { Answers } from '../../rules/answers.ts'
import type { Assessment } from '../../rules/assess/assess.ts'
import { rulings, type Ruling } from '../../rules/assess/ruling.ts'
import { heldOn, quote } from '../../rules/assess/statement.ts'
import { holds } from '../../rules/condition.ts'
import { settledValue } from '../../rules/knowledge.ts'
import type { Fact } from '../../rules/schema.ts'
import { answersOnPath, type Resolution } from '../resolve.ts'
import type { Hit } from './checks/hit.ts'
import { LOOK } from './checks/checks.ts'
import type { Finding } from './finding.ts'
import { fixOf, titleOf, type PreCheckKit } from './kit.ts'
import { SEVERITIES, type PreCheckRule, type Unforeseen } from './schema.ts'
import { isAnswered, isLeftOut, type Subject } from './subject.ts'

/** What a reviewer would likely object to in a case, worst first. Pure; looks at the answers on the path alone. */
export function preCheck(kit: PreCheckKit, resolution: Resolution): readonly Finding[] {
  return findingsOf(kit, answersOnPath(resolution), resolution.assessment)
}

/** The same of any answers with what the rules say of them. */
export function findingsOf(kit: PreCheckKit, answers: Answers, assessment: Assessment): readonly Finding[] {
  if (!isLookedAt(kit, assessment)) return []
  const subject: Subject = { kit, answers, assessment }
  const found = kit.rules.rules.flatMap((rule) => findingsBy(subject, rule))
  return found.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      Number(b.rule.certain) - Number(a.rule.certain),
  )
}

/** What the answers cannot tell, where it may matter in this case. */
export function unforeseenIn(kit: PreCheckKit, assessment: Assessment): readonly Unforeseen[] {
  if (!isLookedAt(kit, assessment)) return []
  return kit.rules.unforeseen.filter(({ when }) => holds(when, assessment.know) === 'true')
}

/** Whether anything is filed that a reviewer would look at, as far as is known. */
export function isLookedAt({ rules }: PreCheckKit, { know }: Assessment): boolean {
  return holds(rules.when, know) !== 'false'
}

/** Silent until the first answer it looks at is given; where one was left open, a finding is said to be possible only. */
function findingsBy(subject: Subject, rule: PreCheckRule): readonly Finding[] {
  const [first = ''] = rule.keys
  if (!isAnswered(subject, first)) return []
  const truth = holds(rule.when, subject.assessment.know)
  if (truth === 'false') return []
  const open = rule.keys.some((key) => isLeftOut(subject, key))
  const hits: readonly Hit[] = rule.check ? LOOK[rule.check](subject, rule) : [{}]
  return hits
    .flatMap((hit) => {
      const found = rule.table ? rowsOf(subject, rule, hit) : [findingOf(subject, rule, hit)]
      const sure = truth === 'true' && !hit.possible
      const told = sure ? found : found.map(uncertain)
      return told.filter(({ rule: said }) => said.certain || open || hit.possible)
    })
    .filter(({ rule: said }, at) => said.certain || at === 0)
}

function uncertain(finding: Finding): Finding {
  return { ...finding, rule: { ...finding.rule, certain: false } }
}

function findingOf(subject: Subject, rule: PreCheckRule, hit: Hit): Finding {
  const { kit } = subject
  const { behind } = hit
  const facts = factsOf(subject, behind?.facts ?? rule.facts)
  const nothing = { 'zh-CN': '', en: '' }
  return {
    ...common(subject, rule, hit),
    id: behind ? `${rule.id} ${behind.id}` : rule.id,
    severity: behind?.severity ?? rule.severity,
    rule: {
      ruleId: behind?.id ?? rule.id,
      result: rule.severity,
      label: titleOf(kit, rule) ?? nothing,
      text: behind?.text ?? rule.text ?? nothing,
      sources: quote(kit.book, [...new Set(facts.flatMap(({ sources }) => sources))]),
      confidence: facts[0]?.confidence ?? 'medium',
      factIds: facts.map(({ id }) => id),
      certain: behind?.certain ?? true,
    },
    conflicts: conflictsOf(kit, facts),
    fix: fixOf(kit, rule) ?? nothing,
  }
}

/** One finding for each row, in its own words. */
function rowsOf(subject: Subject, rule: PreCheckRule, hit: Hit): readonly Finding[] {
  const { kit, assessment } = subject
  const { table } = rule
  if (!table) return []
  return rulings(kit.book, table.id, assessment.know, assessment.asOf)
    .filter(({ result }) => table.results.includes(result))
    .map((row: Ruling) => ({
      ...common(subject, rule, hit),
      id: `${rule.id} ${row.ruleId}`,
      severity: rule.severity,
      rule: { ...row, label: titleOf(kit, rule) ?? row.label },
      conflicts: row.conflicts,
      fix: row.next ?? fixOf(kit, rule) ?? row.label,
    }))
}

function common(subject: Subject, rule: PreCheckRule, hit: Hit) {
  return {
    rejection: rule.rejection,
    found: hit.found,
    keys: (hit.keys ?? rule.keys).filter((key) => isAnswered(subject, key)),
    // A row of a table says itself what the province wants.
    local: factsOf(subject, rule.facts).filter(({ appliesTo }) => appliesTo?.provinces !== undefined),
  }
}

/** The facts cited that hold on the day, of the provinces only those of the case. */
function factsOf({ kit, assessment: { know, asOf } }: Subject, ids: readonly string[]): readonly Fact[] {
  const provinces = ['entity.province', 'entity.residence.province'].map((key) => settledValue(know(key)))
  return [...new Set(ids)]
    .flatMap((id) => kit.book.facts.get(id) ?? [])
    .filter((fact) => heldOn(fact, asOf))
    .filter(({ appliesTo }) => appliesTo?.provinces?.some((one) => provinces.includes(one)) ?? true)
}

function conflictsOf({ book }: PreCheckKit, facts: readonly Fact[]) {
  const ids = new Set(facts.flatMap(({ conflictsWith = [] }) => conflictsWith))
  return [...ids].flatMap((id) => book.conflicts.get(id) ?? [])
}
