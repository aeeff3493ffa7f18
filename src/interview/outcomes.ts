import { assess, type Assessment } from '../rules/assess/assess.ts'
import type { Collected } from '../rules/assess/collected.ts'
import type { Ruling } from '../rules/assess/ruling.ts'
import { isSettled, settledValue } from '../rules/knowledge.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import type { Resolution } from './resolve.ts'
import type { Outcome, Section } from './schema.ts'

/** What there is to tell of one section. */
export interface Told {
  readonly section: Section
  readonly outcomes: readonly Outcome[]
}

/**
 * What a turn has to tell: the outcomes of sections it finished and those it changed in sections that were
 * finished before. `before` is the case as it stood before the answer (or before it was opened for a change).
 */
export function newOutcomes(book: RuleBook, before: Resolution, after: Resolution): readonly Told[] {
  return after.sections
    .filter(({ state }) => state === 'done')
    .map(({ section }) => {
      const known = isDone(before, section)
      const outcomes = section.shows.filter(
        (outcome) =>
          isTold(book, section, outcome, after) &&
          (!known || print(book, section, outcome, before) !== print(book, section, outcome, after)),
      )
      return { section, outcomes }
    })
    .filter(({ outcomes }) => outcomes.length > 0)
}

/**
 * The notices that a section adds: those that its answers made certain. A notice that may still go away, or
 * that an earlier section has told already, is not among them.
 */
export function noticesOf(book: RuleBook, section: Section, resolution: Resolution): readonly Collected[] {
  const known = noticed.get(resolution) ?? new Map<Section, readonly Collected[]>()
  noticed.set(resolution, known)
  const notices = known.get(section) ?? addedNotices(book, section, resolution)
  known.set(section, notices)
  return notices
}
/** A resolution never changes, and the same section is asked about several times in a turn. */
const noticed = new WeakMap<Resolution, Map<Section, readonly Collected[]>>()

function addedNotices(book: RuleBook, section: Section, resolution: Resolution): readonly Collected[] {
  const at = resolution.sections.findIndex((state) => state.section === section)
  const notices = noticesUpTo(book, resolution, at + 1).filter((notice) => notice.certain)
  if (notices.length === 0) return []
  const earlier = new Set(
    noticesUpTo(book, resolution, at)
      .filter(({ certain }) => certain)
      .map(({ ruleId }) => ruleId),
  )
  return notices.filter(({ ruleId }) => !earlier.has(ruleId))
}

/** What the first sections say by themselves; where no later one was answered, that is what is said of all. */
function noticesUpTo(book: RuleBook, resolution: Resolution, end: number): readonly Collected[] {
  const counted = resolution.sections.slice(0, end).map((state) => state.section)
  const steps = resolution.path.filter((step) => counted.includes(step.section))
  if (steps.length === resolution.path.length) return resolution.assessment.notices
  const answers = Object.fromEntries(steps.map(({ question, value }) => [question.id, value]))
  return assess(book, answers, resolution.assessment.asOf).notices
}

function isDone(resolution: Resolution, section: Section): boolean {
  return resolution.sections.some((state) => state.section.id === section.id && state.state === 'done')
}

function isTold(book: RuleBook, section: Section, outcome: Outcome, after: Resolution): boolean {
  if (outcome === 'notices') return noticesOf(book, section, after).length > 0
  if (outcome === 'changes') return reportsChanges(after.assessment)
  // Told already by the province's own line where nobody lives elsewhere, and by the question for organisations.
  if (outcome === 'residence') return settledValue(after.assessment.know('entity.residence')) === 'elsewhere'
  return true
}

/** Whether a change since the approval is asked about: where the site is filed already. */
export function reportsChanges(assessment: Assessment): boolean {
  return settledValue(assessment.know('filing-type')) === 'already-filed'
}

/** What the rules say of the people of a filing: who may be whom, from which age, and how they are verified. */
export function peopleRulings(assessment: Assessment): readonly Ruling[] {
  const { leader, administrator, leaderAge, identityVerification } = assessment
  return [...leader.reasons, ...administrator.reasons, ...leaderAge.reasons, ...identityVerification]
}

/** What an outcome says, as one comparable string of rule ids. */
function print(book: RuleBook, section: Section, outcome: Outcome, resolution: Resolution): string {
  const { assessment } = resolution
  const ids = (statements: readonly { ruleId: string; certain: boolean }[]) =>
    statements.map(({ ruleId, certain }) => `${ruleId}${certain ? '' : '?'}`).join(' ')
  switch (outcome) {
    case 'filing-type':
      return `${assessment.filing.possible.join(' ')} | ${ids(assessment.filing.reasons)}`
    case 'notices':
      return ids(noticesOf(book, section, resolution))
    case 'pre-approval':
      return JSON.stringify([
        isSettled(assessment.know('website.services')),
        assessment.preApprovals.map(({ category, ruleId }) => [category, ruleId]),
      ])
    case 'commercial-licence':
      return `${assessment.commercialLicence.result} ${ids(assessment.commercialLicence.reasons)}`
    case 'documents':
      return ids(assessment.documents)
    case 'province':
      return [assessment.province?.id, ...(assessment.province?.requirements ?? []).map(({ id }) => id)].join(
        ' ',
      )
    case 'sms':
      return `${assessment.sms.required} ${assessment.sms.since} ${ids(assessment.sms.recipients)}`
    case 'changes':
      return ids(assessment.changes.reasons)
    case 'obligations':
      return ids(assessment.obligations)
    case 'people':
      return ids(peopleRulings(assessment))
    case 'residence':
      return ids(assessment.residence.reasons)
    case 'domain-requirements':
      return ids([...assessment.domainRequirements, ...assessment.sitesLimit.reasons])
    case 'server-requirements':
      return ids(assessment.serverRequirements)
    case 'footer':
      return ids(assessment.footer)
  }
}
