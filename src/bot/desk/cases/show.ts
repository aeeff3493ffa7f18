import { MILESTONES } from '../../../interview/following/milestones.ts'
import { isField } from '../../../interview/open-fields.ts'
import type { Step } from '../../../interview/resolve.ts'
import { answerLabel, escapeMarkdown, say } from '../../../rendering/compose/context.ts'
import { findingsIn } from '../../../rendering/compose/findings.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import type { Block, SummaryRow } from '../../../rendering/message.ts'
import { UNSURE } from '../../../rules/answers.ts'
import { isPersonal } from '../../personal-values.ts'
import type { TranscriptLine } from '../../handoff/record.ts'
import { card, masked, notice, onRecord, speak, timeOf, typed, type Looking } from './looking.ts'
import { readNotes } from './notes.ts'

const MOST_MESSAGES = 8
const MOST_FINDINGS = 8
const MOST_NOTES = 5
/** In characters, of one message. */
const LONGEST_SAID = 200

/** `case CODE`: where a case stands, nothing personal in it. In three cards: the state, the answers, what was said. */
export async function showCase(looking: Looking): Promise<readonly DeskCard[]> {
  await onRecord(looking, 'shown')
  const answers = answerBlocks(looking)
  const said = await saidBlocks(looking)
  return [
    card(
      looking,
      [overview(looking), results(looking), ...checks(looking), milestones(looking)],
      [{ label: speak(looking, 'log-title', { code: looking.code }), command: typed(looking, 'log') }],
    ),
    answers.length === 0 ? notice(looking, speak(looking, 'no-answers')) : card(looking, answers),
    ...(said.length === 0 ? [] : [card(looking, said)]),
  ]
}

function overview(looking: Looking): Block {
  const { resolution, current, language, code } = looking
  const applicable = resolution.sections.filter(({ state }) => state !== 'skipped')
  const done = applicable.filter(({ state }) => state === 'done').length
  const row = (label: string, value: string): SummaryRow => ({ label, value })
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(current.language)
  return {
    kind: 'summary',
    title: speak(looking, 'title', { code }),
    rows: [
      row(speak(looking, 'language'), name ?? current.language),
      row(speak(looking, 'progress'), speak(looking, 'progress-of', { done, total: applicable.length })),
      row(
        speak(looking, 'open'),
        resolution.open ? fieldLabel(looking, resolution.open.question) : speak(looking, 'all-answered'),
      ),
      row(speak(looking, 'updated'), timeOf(looking, current.updatedAt)),
    ],
  }
}

function results(looking: Looking): Block {
  const { filing, commercialLicence, preApprovals } = looking.resolution.assessment
  const { language, options } = looking
  const phrase = filing.type === null ? 'filing-possible' : 'filing'
  const licence = commercialLicence.reasons.find(({ certain }) => certain)
  const rows: readonly SummaryRow[] = [
    ...filing.possible.map((type) => ({
      label: speak(looking, phrase),
      value: `${filing.labels[type]?.[language] ?? type} (${type})`,
    })),
    ...(licence === undefined
      ? []
      : [
          {
            label: options.brain.book.tables.get('commercial-licence')?.title[language] ?? '',
            value: licence.label[language],
          },
        ]),
    ...preApprovals
      .filter(({ certain }) => certain)
      .map(({ category, label }) => ({ label: category, value: label[language] })),
  ]
  return { kind: 'summary', title: speak(looking, 'results'), rows }
}

/** By their titles alone: what a finding says in full may quote an answer. */
function checks(looking: Looking): readonly Block[] {
  const { resolution, on, language, options } = looking
  if (resolution.path.length === 0) return []
  const findings = findingsIn(options.brain.preCheck, resolution)
  if (findings.length === 0) return [{ kind: 'text', text: speak(looking, 'checks-none') }]
  const rows = findings.slice(0, MOST_FINDINGS).map(({ severity, rule, keys }) => ({
    label: say(on, `precheck-${severity}`),
    value: [rule.label[language], ...keys.map((key) => `(${key})`)].join(' '),
  }))
  return [{ kind: 'summary', title: speak(looking, 'checks'), rows }]
}

function milestones(looking: Looking): Block {
  const { current, language, options } = looking
  const told = current.following?.milestones ?? {}
  const { milestones: words } = options.brain.following.words
  const rows = MILESTONES.flatMap((name) => {
    const reached = told[name]
    return reached ? [{ label: words[name].label[language], value: reached.on }] : []
  })
  if (rows.length === 0) return { kind: 'text', text: speak(looking, 'milestones-none') }
  return { kind: 'summary', title: speak(looking, 'milestones'), rows }
}

function answerBlocks(looking: Looking): readonly Block[] {
  const { resolution, language } = looking
  return resolution.sections.flatMap(({ section }): readonly Block[] => {
    const steps = resolution.path.filter((step) => step.section === section)
    if (steps.length === 0) return []
    const title = speak(looking, 'answers', { section: section.title[language] })
    return [{ kind: 'summary', title, rows: steps.map((step) => answerRow(looking, step)) }]
  })
}

function answerRow(looking: Looking, { question, value }: Step): SummaryRow {
  const { on, options } = looking
  const label = fieldLabel(looking, question)
  if (isPersonal(options.brain.dialogs, question.id) && value !== UNSURE)
    return { label, value: speak(looking, 'hidden') }
  if (!isField(question) || value === UNSURE) return { label, value: answerLabel(on, question, value) }
  // What was typed into a plain field may hold more than was asked for.
  const values = typeof value === 'string' ? [value] : value
  return { label, value: values.map((one) => masked(looking, one)).join(', ') }
}

export function fieldLabel(looking: Looking, { id, label }: Step['question']): string {
  return speak(looking, 'answer-label', { label: label[looking.language], field: id })
}

async function saidBlocks(looking: Looking): Promise<readonly Block[]> {
  const { options, caseId, on } = looking
  const [messages = [], notes, proposals] = await Promise.all([
    options.messages?.(caseId, MOST_MESSAGES),
    readNotes(options.store, caseId, MOST_NOTES),
    options.proposals.waiting(caseId),
  ])
  const summary = (title: string, rows: readonly SummaryRow[]): readonly Block[] =>
    rows.length === 0 ? [] : [{ kind: 'summary', title, rows }]
  return [
    ...summary(
      speak(looking, 'messages'),
      messages.slice(-MOST_MESSAGES).map((line) => ({
        label: speak(looking, 'said', { who: whoSaid(looking, line), time: timeOf(looking, line.at) }),
        value: masked(looking, line.text).slice(0, LONGEST_SAID),
      })),
    ),
    ...summary(
      speak(looking, 'notes'),
      notes.map(({ by, at, text }) => ({
        label: speak(looking, 'said', { who: escapeMarkdown(by.name), time: timeOf(looking, at) }),
        value: masked(looking, text),
      })),
    ),
    ...summary(
      speak(looking, 'proposals'),
      proposals
        .filter(({ decided }) => decided === undefined)
        .map(({ question: id, by, at }) => {
          const question = on.dialogs.questions.get(id)
          return {
            label: question ? fieldLabel(looking, question) : id,
            value: speak(looking, 'proposal-row', {
              name: escapeMarkdown(by.name),
              time: timeOf(looking, at),
            }),
          }
        }),
    ),
  ]
}

function whoSaid(looking: Looking, { who, name = '' }: TranscriptLine): string {
  return who === 'staff'
    ? speak(looking, 'who-staff', { name: escapeMarkdown(name) })
    : speak(looking, `who-${who}`)
}
