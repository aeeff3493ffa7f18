import { describe, expect, it } from 'vitest'
import { composing, resolveCase } from '../../src/bot/turn/brain.ts'
import { optionsOf } from '../../src/interview/dialogs.ts'
import { LANGUAGES, type Language } from '../../src/language.ts'
import type { CaseView, NumberedStatement } from '../../src/rendering/case-view.ts'
import { caseView } from '../../src/rendering/compose/case-view/case-view.ts'
import { answerLabel } from '../../src/rendering/compose/context.ts'
import { readCase } from '../../widget/session/read-case.ts'
import { HANGZHOU } from '../stories/applications.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'
import { brain, TODAY } from '../support/brain.ts'
import { Story, type Facts } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'

/** Kilobytes are sent with every turn: the heaviest case must stay well below what a phone notices. */
const MOST_BYTES = 60_000

const CASES: readonly Facts[] = [
  ...Object.values(APPLICANTS).map((who) => ({ ...FILINGS['first-time'], ...who, ...SITES['news'] })),
  ...['CN-JS', 'CN-GD', 'CN-XZ'].map((province) => ({
    ...FILINGS['service-provider-change'],
    ...APPLICANTS['company'],
    ...SITES['news'],
    'entity.province': province,
  })),
  HANGZHOU,
  { ...FILINGS['not-required'] },
  { ...FILINGS['file-on-platform'] },
]

describe.each(LANGUAGES)('the view of a case in %s', (language) => {
  it('tells at every step what the resolution holds, and stays small', async () => {
    for (const facts of CASES) {
      const told = await walk(language, facts)
      expect(told.at(-1)?.progress.done).toBe(told.at(-1)?.progress.total)
      for (const view of told) {
        expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(MOST_BYTES)
        expect(
          statements(view)
            .flatMap(({ sources }) => sources)
            .every((at) => at in view.sources),
        ).toBe(true)
        const quoted = new Set(view.sources.map((source) => JSON.stringify(source)))
        expect(quoted.size).toBe(view.sources.length)
        expect(texts(view).filter((text) => text.trim() === '' || /\{\w+\}/.test(text))).toEqual([])
        // The widget reads all of it as it was written.
        expect(JSON.parse(JSON.stringify(readCase(view)))).toEqual({ downloads: [], ...view })
      }
    }
  })

  it('shows results only of sections that are done', async () => {
    const views = await walk(language, CASES[0] ?? {})
    const [first] = views
    expect(first).toMatchObject({ results: [], progress: { done: 0 } })
    expect(first?.sections.map(({ state }) => state)).toEqual(
      brain.dialogs.sections.map((_, at) => (at === 0 ? 'open' : 'ahead')),
    )
    expect(first?.documents).toBeUndefined()
    expect(first?.timeline).toBeUndefined()
    for (const { results, sections } of views) {
      const done = sections.filter(({ state }) => state === 'done').map(({ id }) => id)
      const told = results.filter(({ id }) => id !== 'pre-check')
      expect(told.filter(({ id }) => !done.includes(id.split('.')[0] ?? ''))).toEqual([])
      // What a reviewer would say is told as soon as the application has begun, and no sooner.
      const begun = sections.some(({ id, rows }) => id === 'preparation' && rows.length > 0)
      expect(results.some(({ id }) => id === 'pre-check')).toBe(begun)
    }
  })

  it('names the calendar day of a duty once its event has happened', async () => {
    const talker = pureTalker(language)
    await finish(talker, language, CASES[1] ?? {})
    const kept = talker.standing().case
    const current = {
      ...kept,
      following: { milestones: { 'site-opened': { on: '2026-12-01', noted: '2026-12-01T02:00:00.000Z' } } },
    }
    const { timeline } = caseView(
      composing(brain, current),
      current,
      resolveCase(brain, current.answers, TODAY),
    )
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
    const opened = timeline?.tracks.find(({ id }) => id === 'site-opened')
    expect(opened?.marks.find(({ days }) => days === 30)?.date).toBe(day.format(new Date('2026-12-31')))
    const others = timeline?.tracks.filter(({ id }) => id !== 'site-opened') ?? []
    expect(
      others.flatMap(({ marks }) => marks.map(({ date }) => date)).filter((date) => date !== undefined),
    ).toEqual([])
  })

  it('draws every dated duty once, on the track of its event and in the order of days', async () => {
    const talker = pureTalker(language)
    await finish(talker, language, CASES[1] ?? {})
    const current = talker.standing().case
    const resolution = resolveCase(brain, current.answers, TODAY)
    const { timeline } = caseView(composing(brain, current), current, resolution)
    const marks = timeline?.tracks.flatMap((track) =>
      track.marks.map((mark) => ({ ...mark, after: track.id })),
    )
    const drawn = marks?.flatMap(({ items, days, after }) => items.map(({ id }) => `${id} ${days} ${after}`))
    const owed = resolution.assessment.obligations.flatMap(({ ruleId, due }) =>
      due ? [`${ruleId} ${due.days} ${due.after}`] : [],
    )
    expect(owed.length).toBeGreaterThan(2)
    expect([...(drawn ?? [])].sort()).toEqual([...owed].sort())
    expect(timeline?.always.map(({ id }) => id)).toEqual(
      resolution.assessment.obligations.filter(({ due }) => due === null).map(({ ruleId }) => ruleId),
    )
    for (const track of timeline?.tracks ?? []) {
      const days = track.marks.map((mark) => mark.days)
      expect(days).toEqual([...new Set(days)].sort((a, b) => a - b))
      // An event without words of its own would show its id.
      expect(track.title).not.toBe(track.id)
    }
  })
})

/** The view before the first answer and after each one. */
async function walk(language: Language, facts: Facts): Promise<readonly CaseView[]> {
  const talker = pureTalker(language)
  const story = new Story(talker, language, 'buttons')
  await story.begin()
  const views: CaseView[] = []
  for (;;) {
    const current = talker.standing().case
    const on = composing(brain, current)
    const resolution = resolveCase(brain, current.answers, TODAY)
    const view = caseView(on, current, resolution)
    views.push(view)
    expect(view.sections.flatMap(({ rows }) => rows.map(({ label, value }) => [label, value]))).toEqual(
      resolution.path.map(({ question, value }) => [
        question.label[language],
        answerLabel(on, question, value),
      ]),
    )
    const { open } = story
    if (!open) return views
    await story.answer(open, facts[open.question] ?? anyAnswer(open.question))
  }
}

async function finish(
  talker: ReturnType<typeof pureTalker>,
  language: Language,
  facts: Facts,
): Promise<void> {
  const story = new Story(talker, language, 'buttons')
  await story.begin()
  for (let open = story.open; open; open = story.open)
    await story.answer(open, facts[open.question] ?? anyAnswer(open.question))
}

/** What the facts do not say is answered with the last option: mostly "none", "no" or the like. */
function anyAnswer(id: string): string {
  const question = brain.dialogs.questions.get(id)
  return (question && optionsOf(brain.book, question).at(-1)?.value) ?? ''
}

function statements({ results, documents, timeline }: CaseView): readonly NumberedStatement[] {
  const parts = [...results, ...(documents ? [documents] : [])]
  return [
    ...parts.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'statements' ? block.items : [])),
    ),
    ...(timeline?.always ?? []),
    ...(timeline?.tracks.flatMap(({ marks }) => marks.flatMap(({ items }) => items)) ?? []),
  ]
}

/** Everything a person reads. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}
