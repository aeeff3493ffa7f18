import type { Answers, AnswerValue } from '../../rules/answers.ts'
import { assess, type Assessment } from '../../rules/assess/assess.ts'
import type { Collected } from '../../rules/assess/collected.ts'
import type { PreApproval } from '../../rules/assess/pre-approvals.ts'
import { holds } from '../../rules/condition.ts'
import { answersOnPath, type Resolution } from '../resolve.ts'
import type { Finding } from './finding.ts'
import type { PreCheckKit } from './kit.ts'
import { findingsOf, isLookedAt } from './pre-check.ts'

/** What another answer would change; nothing of it is written down, all is worked out from the rules. */
export interface WhatIf {
  readonly key: string
  /** The value to take instead, or the member of a list to leave out. */
  readonly value: string
  readonly leftOut: boolean
  /** Pre-approvals no longer needed. */
  readonly approvalsGone: readonly PreApproval[]
  /** Whether any pre-approval is left. */
  readonly approvalsLeft: boolean
  /** Findings of a likely rejection that go away. */
  readonly findingsGone: readonly Finding[]
  /** The filing type afterwards, where it is another one. */
  readonly type: { readonly value: string; readonly assessment: Assessment } | undefined
  readonly papersGone: readonly Collected[]
  readonly papersAdded: readonly Collected[]
}

/** Each is one more look at all the rules. */
const MOST_TRIES = 12

/**
 * Takes each answer that `tries` names another way, one at a time, and tells what goes away or comes instead, most
 * helpful first. A change that gets the application rejected is left out. Pure.
 */
export function whatIfs(kit: PreCheckKit, resolution: Resolution): readonly WhatIf[] {
  const { know } = resolution.assessment
  const answers = answersOnPath(resolution)
  const before: Case = {
    answers,
    assessment: resolution.assessment,
    findings: findingsOf(kit, answers, resolution.assessment),
  }
  const changes = kit.rules.tries
    .filter(({ key, when }) => Object.hasOwn(answers, key) && holds(when, know) === 'true')
    .flatMap(({ key, to }) =>
      to === 'each' ? without(kit, key, answers[key]) : instead(key, to, answers[key]),
    )
  return changes
    .slice(0, MOST_TRIES)
    .flatMap((change) => effectsOf(kit, before, change) ?? [])
    .sort((a, b) => weight(b) - weight(a))
}

interface Case {
  readonly answers: Answers
  readonly assessment: Assessment
  readonly findings: readonly Finding[]
}
interface Change {
  readonly key: string
  readonly value: string
  readonly leftOut: boolean
  readonly answer: AnswerValue
}

/** The list without each of its members in turn; without the last one it is what stands for an empty list. */
function without({ book }: PreCheckKit, key: string, value: AnswerValue | undefined): readonly Change[] {
  const alone = book.keys.get(key)?.alone
  if (value === undefined || typeof value === 'string' || alone === undefined) return []
  return value
    .filter((member) => member !== alone)
    .map((member) => {
      const rest = value.filter((one) => one !== member)
      return { key, value: member, leftOut: true, answer: rest.length === 0 ? [alone] : rest }
    })
}

function instead(key: string, to: readonly string[], now: AnswerValue | undefined): readonly Change[] {
  return to.filter((value) => value !== now).map((value) => ({ key, value, leftOut: false, answer: value }))
}

function effectsOf(kit: PreCheckKit, before: Case, change: Change): WhatIf | undefined {
  const { asOf } = before.assessment
  const answers = { ...before.answers, [change.key]: change.answer }
  const assessment = assess(kit.book, answers, asOf)
  const findings = findingsOf(kit, answers, assessment)
  const had = new Set(before.findings.map(({ id }) => id))
  const worse = findings.some(
    ({ id, severity, keys }) => severity === 'rejects' && !had.has(id) && keys.includes(change.key),
  )
  if (worse) return undefined
  const type = assessment.filing.type
  // Where nothing is filed any more, that says it all.
  const filed = isLookedAt(kit, assessment)
  const { key, value, leftOut } = change
  const effects: WhatIf = {
    ...{ key, value, leftOut },
    ...approvals(before.assessment, assessment),
    findingsGone: filed ? findingsGone(kit, before.findings, findings) : [],
    type: type !== null && type !== before.assessment.filing.type ? { value: type, assessment } : undefined,
    ...(filed ? papers(kit, before.assessment, assessment) : { papersGone: [], papersAdded: [] }),
  }
  return weight(effects) > 0 ? effects : undefined
}

/**
 * Those of a likely rejection that is foreseen in no other way either. What was typed for the answer as it is does
 * not count: it is typed anew for another one.
 */
function findingsGone(
  { book }: PreCheckKit,
  before: readonly Finding[],
  after: readonly Finding[],
): readonly Finding[] {
  const bad = ({ severity }: Finding) => severity === 'rejects' || severity === 'likely'
  const chosen = ({ keys: [first = ''] }: Finding) => book.keys.has(first)
  const same = (one: Finding, other: Finding) =>
    one.id === other.id || (one.rejection !== undefined && one.rejection === other.rejection && chosen(other))
  return before.filter((one) => bad(one) && !after.some((other) => bad(other) && same(one, other)))
}

function approvals(before: Assessment, after: Assessment) {
  const required = ({ preApprovals }: Assessment) => preApprovals.filter(({ need }) => need === 'required')
  const possible = new Set(after.preApprovals.map(({ ruleId }) => ruleId))
  return {
    approvalsGone: required(before).filter(({ ruleId }) => !possible.has(ruleId)),
    approvalsLeft: after.preApprovals.some((approval) => approval.possible.includes('required')),
  }
}

/** Papers certain on the one side and not even possible on the other; one that only reads otherwise stays. */
function papers({ papers: hows }: PreCheckKit, before: Assessment, after: Assessment) {
  const gone = missingIn(before, after)
  const added = missingIn(after, before)
  const real = ({ result }: Collected) => hows.get(result)?.detail !== true
  const isAmong = (papers: readonly Collected[]) => (one: Collected) =>
    papers.some(({ result }) => result === one.result)
  return {
    papersGone: gone.filter((one) => real(one) && !isAmong(added)(one)),
    papersAdded: added.filter((one) => real(one) && !isAmong(gone)(one)),
  }
}

function missingIn(one: Assessment, other: Assessment): readonly Collected[] {
  const there = new Set(other.documents.map(({ ruleId }) => ruleId))
  return one.documents.filter(({ certain, ruleId }) => certain && !there.has(ruleId))
}

function weight({ approvalsGone, findingsGone, type, papersGone, papersAdded }: WhatIf): number {
  return (
    (approvalsGone.length > 0 ? 8 : 0) +
    (findingsGone.length > 0 ? 4 : 0) +
    (type ? 2 : 0) +
    (papersGone.length + papersAdded.length > 0 ? 1 : 0)
  )
}
