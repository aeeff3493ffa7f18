import { describe, expect, it } from 'vitest'
import { composing } from '../../src/bot/turn/brain.ts'
import { newCase, type Case } from '../../src/interview/case.ts'
import { CHECKED } from '../../src/interview/case.ts'
import { LANGUAGES, type Language } from '../../src/language.ts'
import { caseView } from '../../src/rendering/compose/case-view/case-view.ts'
import { preCheckBlocks } from '../../src/rendering/compose/pre-check.ts'
import { questionMessage } from '../../src/rendering/compose/question.ts'
import { outcomeBlocks } from '../../src/rendering/compose/outcomes/outcome.ts'
import type { Block } from '../../src/rendering/message.ts'
import { parsePayload } from '../../src/rendering/payload.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import type { PhraseId } from '../../src/rendering/phrase-ids.ts'
import type { Answers } from '../../src/rules/answers.ts'
import { brain } from '../support/brain.ts'
import { resolved } from '../interview/support.ts'

const { sound } = brain.preCheck.rules

describe.each(LANGUAGES)('the pre-check in words, in %s', (language: Language) => {
  const said = (id: PhraseId, values?: Record<string, string>) => phrase(brain.phrases, language, id, values)
  const caseOf = (more: Answers): Case => ({
    ...newCase('c', language, new Date(0)),
    answers: { ...sound, ...more },
  })
  const shown = (more: Answers): readonly Block[] => {
    const current = caseOf(more)
    return preCheckBlocks(composing(brain, current), resolved(current.answers), current)
  }
  const titles = (blocks: readonly Block[]) =>
    blocks.flatMap((block) => (block.kind === 'statements' ? (block.title ?? '') : []))
  const itemsOf = (blocks: readonly Block[], title: string) =>
    blocks.flatMap((block) => (block.kind === 'statements' && block.title === title ? block.items : []))

  it('groups by how bad it is, names the source, and offers the change', () => {
    const blocks = shown({ 'domain.verified': 'no', 'account.app': 'no' })
    expect(titles(blocks).slice(0, 2)).toEqual([said('precheck-rejects'), said('precheck-advise')])
    const [item] = itemsOf(blocks, said('precheck-rejects'))
    expect(item?.sources.length).toBeGreaterThan(0)
    const rows = blocks.flatMap((block) => (block.kind === 'summary' ? block.rows : []))
    expect(rows.map(({ change }) => change?.payload)).toEqual([
      { kind: 'command', command: 'edit', argument: 'domain.verified' },
      { kind: 'command', command: 'edit', argument: 'account.app' },
    ])
  })

  it('says so when nothing is found, and what it cannot see', () => {
    const blocks = shown({})
    expect(JSON.stringify(blocks)).toContain(said('precheck-none'))
    expect(itemsOf(blocks, said('precheck-unforeseen')).length).toBeGreaterThan(5)
  })

  it('has nothing to say before anything is answered', () => {
    const empty = { ...newCase('c', language, new Date(0)), answers: {} }
    const blocks = preCheckBlocks(composing(brain, empty), resolved({}), empty)
    expect(blocks).toEqual([{ kind: 'text', tone: 'notice', text: said('precheck-nothing') }])
  })

  it('tells what another choice changes, in sentences', () => {
    const items = itemsOf(shown({ 'website.services': ['news'] }), said('what-if-title'))
    const label = brain.dialogs.questions
      .get('website.services')
      ?.options?.find(({ value }) => value === 'news')?.label[language]
    const [news] = items
    expect(news?.text).toContain(said('what-if-without', { value: label ?? '?' }))
    expect(news?.text).toContain(said('what-if-preapproval', { papers: '§' }).split('§')[0])
    expect(news?.text).not.toMatch(/\{\w+\}/)
    expect(news?.sources.length).toBeGreaterThan(0)
    expect(items.length).toBeLessThanOrEqual(5)
  })

  it('leaves no placeholder and no empty text in any example', () => {
    for (const { example } of brain.preCheck.rules.rules) {
      const text = JSON.stringify(shown(example))
      expect(text).not.toMatch(/\{[a-z]+\}/)
      expect(text).not.toContain('"text":""')
      expect(text).not.toContain('undefined')
    }
  })

  it('lets nothing that was typed act as markup', () => {
    const text = JSON.stringify(shown({ 'site.name': '[青田](https://evil.example)中国' }))
    expect(text).not.toContain('](https://evil.example)')
  })

  it('stands below the answers on the page that asks whether all is right', () => {
    const current = caseOf({ 'domain.verified': 'no', 'website.services': ['news'] })
    const resolution = resolved(current.answers)
    expect(resolution.open?.question.id).toBe(CHECKED)
    const message = questionMessage(composing(brain, current), resolution, current)
    const text = JSON.stringify(message)
    expect(text.indexOf(said('precheck-rejects'))).toBeGreaterThan(text.indexOf(said('check-intro')))
    expect(text).toContain(said('what-if-title'))
  })

  it('is a part of the case view, with numbered sources', () => {
    const current = caseOf({ 'domain.verified': 'no' })
    const { results, sources } = caseView(composing(brain, current), current, resolved(current.answers))
    const part = results.find(({ id }) => id === 'pre-check')
    expect(part?.title).toBe(said('precheck-title'))
    const [group] = part?.blocks.filter((block) => block.kind === 'statements') ?? []
    expect(group?.kind === 'statements' ? group.items.flatMap((item) => item.sources) : []).not.toEqual([])
    for (const block of part?.blocks ?? [])
      if (block.kind === 'statements')
        for (const item of block.items)
          for (const source of item.sources) expect(sources[source]).toBeDefined()
  })

  it('says of each paper how to make it', () => {
    const on = composing(brain, caseOf({}))
    const resolution = resolved(sound)
    const section = resolution.sections.find((state) => state.section.shows.includes('documents'))
    const blocks = outcomeBlocks(on, { section: section!.section, outcomes: ['documents'] }, resolution)
    const items = blocks.flatMap((block) => (block.kind === 'statements' ? block.items : []))
    expect(items.length).toBeGreaterThan(4)
    for (const { note } of items) expect(note).toContain(said('paper-how', { how: '' }).trim())
  })
})

it('the button is a command of its own', () => {
  expect(parsePayload({ kind: 'command', command: 'pre-check' })).toEqual({
    kind: 'command',
    command: 'pre-check',
  })
})
