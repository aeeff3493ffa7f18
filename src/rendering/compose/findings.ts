import { CHECKED } from '../../interview/case.ts'
import { findingSaid, type Finding } from '../../interview/pre-check/finding.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import { preCheck } from '../../interview/pre-check/pre-check.ts'
import { SEVERITIES } from '../../interview/pre-check/schema.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Block, Statement, SummaryRow } from '../message.ts'
import {
  answerLabel,
  command,
  confidenceNote,
  escapeMarkdown,
  say,
  sourceLines,
  type Composing,
} from './context.ts'
import { conflictText } from './outcomes/province.ts'

/** The findings alone: for the panel beside the conversation, which is drawn anew at every turn. */
export function findingBlocks(on: Composing, kit: PreCheckKit, resolution: Resolution): readonly Block[] {
  const findings = findingsIn(kit, resolution)
  const rows = changeRows(on, resolution, findings)
  return [
    { kind: 'heading', text: say(on, 'precheck-title') },
    ...(isComplete(resolution) ? [] : [{ kind: 'text', text: say(on, 'precheck-partial') } as const]),
    ...(findings.length === 0
      ? [{ kind: 'text', tone: 'success', text: say(on, 'precheck-none') } as const]
      : []),
    ...bySeverity(on, findings),
    ...(rows.length === 0 ? [] : [{ kind: 'summary', title: say(on, 'precheck-change'), rows } as const]),
  ]
}

/** What is new since the resolution before, about these answers, and would get the application rejected. */
export function objectionBlocks(
  on: Composing,
  before: Resolution,
  after: Resolution,
  keys: ReadonlySet<string>,
): readonly Block[] {
  const kit = on.preCheck
  if (!kit || keys.size === 0) return []
  const known = new Set(findingsIn(kit, before).map(({ id }) => id))
  const grave = findingsIn(kit, after).filter(
    ({ id, severity, rule, keys: about }) =>
      (severity === 'rejects' || severity === 'likely') &&
      rule.certain &&
      !known.has(id) &&
      about.some((key) => keys.has(key)),
  )
  return bySeverity(on, grave)
}

function bySeverity(on: Composing, findings: readonly Finding[]): readonly Block[] {
  return SEVERITIES.flatMap((severity): readonly Block[] => {
    const items = findings.filter((finding) => finding.severity === severity)
    if (items.length === 0) return []
    const title = say(on, `precheck-${severity}`)
    return [{ kind: 'statements', title, items: items.map((finding) => findingItem(on, finding)) }]
  })
}

/** A resolution never changes, and in a turn it is looked at several times. */
export function findingsIn(kit: PreCheckKit, resolution: Resolution): readonly Finding[] {
  const known = looked.get(resolution) ?? preCheck(kit, resolution)
  looked.set(resolution, known)
  return known
}
const looked = new WeakMap<Resolution, readonly Finding[]>()

/** One finding: what is wrong, what to do, what the province says and where sources differ. */
export function findingItem(on: Composing, finding: Finding): Statement {
  const { language } = on
  const { rule, fix, local, conflicts } = finding
  const notes = [
    ...local
      .filter((fact) => fact.text[language] !== rule.text[language])
      .map((fact) => say(on, 'precheck-local', { text: fact.text[language] })),
    ...conflicts.map((conflict) => conflictText(on, conflict)),
  ]
  return {
    id: finding.id,
    text: say(on, rule.certain ? 'precheck-finding' : 'precheck-finding-maybe', {
      title: rule.label[language],
      text: findingSaid(finding, language, escapeMarkdown),
      fix: fix[language],
    }),
    ...(notes.length === 0 ? {} : { note: notes.join('\n\n') }),
    sources: sourceLines(rule.sources),
    ...confidenceNote(on, rule.confidence),
  }
}

/** The answers concerned, each with a way to change it; those of the worst finding first. */
function changeRows(
  on: Composing,
  { path }: Resolution,
  findings: readonly Finding[],
): readonly SummaryRow[] {
  const keys = new Set(findings.flatMap((finding) => finding.keys))
  return [...keys].flatMap((key) => {
    const step = path.find(({ question }) => question.id === key)
    if (!step) return []
    return [
      {
        label: step.question.label[on.language],
        value: answerLabel(on, step.question, step.value),
        change: command(on, 'action-change', 'edit', key),
      },
    ]
  })
}

/** Everything but the confirmation itself is answered. */
function isComplete({ open }: Resolution): boolean {
  return open === undefined || open.question.id === CHECKED
}
