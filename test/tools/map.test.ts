import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDialogs } from '../../src/interview/dialogs.ts'
import { answersOnPath, resolve } from '../../src/interview/resolve.ts'
import { sectionSchema } from '../../src/interview/schema.ts'
import { LANGUAGES } from '../../src/language.ts'
import { UNSURE, type AnswerValue } from '../../src/rules/answers.ts'
import { valuesNamed } from '../../src/rules/report/scope.ts'
import { loadRuleBook } from '../../src/rules/rulebook.ts'
import { labelsOf } from '../../tools/lib/labels.ts'
import { pictures } from '../../tools/lib/pictures.ts'
import { sectionFlow } from '../../tools/lib/section-flow.ts'
import { answersOf, TYPED } from '../../tools/lib/section-walk.ts'
import { textWidth } from '../../tools/lib/svg.ts'
import { bandsOf } from '../../tools/lib/table-bands.ts'
import { loadWords } from '../../tools/lib/words.ts'

const root = join(import.meta.dirname, '..', '..')
const folders = [join(root, 'rules'), join(root, 'dialogs')] as const
const book = loadRuleBook(folders[0])
const dialogs = loadDialogs(folders[1])
const AS_OF = '2026-01-01'

/** The words of a picture, without the line breaks that wrapping put in. */
function wordsIn(svg: string): string {
  return svg
    .replace(/<\/tspan>\s*<tspan[^>]*>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/ /g, '')
}
const bare = (text: string) => text.replace(/\s/g, '')

describe('npm run map', () => {
  let files: ReadonlyMap<string, string> = new Map()
  beforeAll(async () => {
    files = await pictures(...folders)
  })
  const words = (name: string) => wordsIn(files.get(`docs/trees/${name}.svg`) ?? '')

  it('draws the same every time', async () => {
    expect([...(await pictures(...folders))]).toEqual([...files])
  })

  it.each(LANGUAGES)('shows in %s every question, its words, and every answer', (language) => {
    for (const section of dialogs.sections) {
      const shown = words(`dialog-${section.id}.${language}`)
      const wanted = section.questions.flatMap((question) => [
        question.id,
        question.label[language],
        question.ask[language],
        ...(question.options ?? []).map((option) => option.label[language]),
      ])
      expect(wanted.filter((text) => !shown.includes(bare(text)))).toEqual([])
    }
  })

  it.each(LANGUAGES)('shows in %s every row of every table with result, reason and sources', (language) => {
    for (const table of book.tables.values()) {
      const shown = words(`table-${table.id}.${language}`)
      const wanted = [
        ...table.rows.flatMap((row) => [
          row.id,
          row.because[language],
          ...row.sources.map((id) => book.sources.get(id)?.title ?? '?'),
          ...Object.values(row.data ?? {}).map((text) => text[language]),
        ]),
        ...Object.values(table.results).flatMap(({ label, next }) => [
          label[language],
          next?.[language] ?? '',
        ]),
      ]
      expect(wanted.filter((text) => !shown.includes(bare(text)))).toEqual([])
    }
  })

  it('gives every picture a title, a description and a white ground, and keeps all within its frame', () => {
    for (const [path, svg] of files) {
      if (!path.endsWith('.svg')) continue
      expect(svg, path).toMatch(
        /<title id="title">[^<]+<\/title>\n<desc id="desc">[^<]+<\/desc>\n<rect [^>]*fill="#ffffff"\/>/,
      )
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
      const beyond = [...svg.matchAll(/<tspan x="([\d.]+)" y="([\d.]+)">/g)].filter(
        ([, x, y]) => Number(x) > Number(width) || Number(y) > Number(height),
      )
      expect(beyond, path).toEqual([])
    }
  })

  it('knows a word in both languages for every key and value that a condition names', () => {
    const tools = loadWords()
    const conditions = [
      ...[...book.tables.values()].flatMap((table) => table.rows.map((row) => row.when)),
      ...[...dialogs.questions.values()].map((question) => question.when),
    ]
    const unnamed = LANGUAGES.flatMap((language) => {
      const labels = labelsOf(book, dialogs, tools, language)
      return conditions.flatMap((when) =>
        Object.entries(when).flatMap(([key, wanted]) => [
          ...(labels.key(key) === key ? [`${language}: ${key}`] : []),
          ...valuesNamed(wanted)
            .filter((value) => labels.value(key, value) === value && !/^(yes|no)$/.test(value))
            .map((value) => `${language}: ${key}=${value}`),
        ]),
      )
    })
    expect([...new Set(unnamed)], 'add the missing words to tools/words.yaml').toEqual([])
  })

  it('leads every answer where the conversation leads it', () => {
    let seed = 7
    const pick = <T>(items: readonly T[]): T | undefined => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return items[Math.floor((seed / 2147483648) * items.length)]
    }
    const flows = new Map(dialogs.sections.map((section) => [section, sectionFlow(book, section, AS_OF)]))
    const wrong = new Set<string>()
    let steps = 0
    for (let walk = 0; walk < 150; walk += 1) {
      const answers: Record<string, AnswerValue> = {}
      for (;;) {
        const at = resolve(book, dialogs, answers, AS_OF)
        if (!at.open) break
        const { question, section } = at.open
        const value = pick(answersOf(book, question)) ?? ''
        const several = book.keys.get(question.id)?.type === 'choices' && value !== UNSURE
        answers[question.id] = several ? [value] : value
        const next = resolve(book, dialogs, answersOnPath(resolve(book, dialogs, answers, AS_OF)), AS_OF).open
        const index = section.questions.indexOf(question)
        const to =
          next && next.section === section
            ? section.questions.indexOf(next.question)
            : section.questions.length
        const branches = flows.get(section)?.questions[index] ?? []
        steps += 1
        if (!branches.some((branch) => branch.values.includes(value) && branch.to === to))
          wrong.add(`${question.id}=${value} → ${section.questions[to]?.id ?? 'end'}`)
      }
    }
    expect(steps).toBeGreaterThan(500)
    expect([...wrong]).toEqual([])
  })

  it('leads on from a typed answer, and from one left out', () => {
    const text = { 'zh-CN': '一', en: 'One' }
    const section = sectionSchema.parse({
      id: 'form',
      title: text,
      shows: ['notices'],
      questions: [
        { id: 'contact.email', label: text, ask: text, why: text, facts: ['f'], field: 'email', skip: true },
        { id: 'contact.phone', label: text, ask: text, why: text, facts: ['f'], field: 'phone' },
      ],
    })
    expect(sectionFlow(book, section, AS_OF).questions).toEqual([
      [{ values: [TYPED, UNSURE], to: 1, condition: {} }],
      [{ values: [TYPED], to: 2, condition: {} }],
    ])
  })

  it('says conditions once that neighbouring rows share, and keeps every row in its place', () => {
    for (const table of book.tables.values()) {
      const bands = bandsOf(table.rows)
      expect(bands.flatMap((band) => band.rows.map((row) => row.id))).toEqual(table.rows.map((row) => row.id))
      for (const { rows, shared } of bands) for (const row of rows) expect(row.when).toMatchObject(shared)
    }
    expect(bandsOf(book.tables.get('filing-type')?.rows ?? []).length).toBeGreaterThan(2)
  })

  it('measures Chinese wider than English', () => {
    expect(textWidth('备案', { size: 10 })).toBeGreaterThan(textWidth('ab', { size: 10 }))
  })
})
