import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { assess } from '../../src/rules/assess/assess.ts'
import { tableOf } from '../../src/rules/rulebook.ts'
import { brain, TODAY } from '../support/brain.ts'
import { blocks, headings, lastResult, Story, wholeText, type Facts, type Manner } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { APPLICANTS, FILINGS, SITES } from './cases.ts'

const NOTHING_TO_FILE = ['not-required', 'file-on-platform']
const MANNERS: readonly Manner[] = ['buttons', 'words', 'numbers']

/** Results whose change of mind starts from another one, so that the change flips the result. */
const OTHER: Readonly<Record<string, string>> = { 'not-required': 'first-time' }

describe.each(LANGUAGES)('every filing type, told in %s', (language) => {
  it('has a story', () => {
    expect(Object.keys(FILINGS).sort()).toEqual(
      Object.keys(tableOf(brain.book, 'filing-type').results).sort(),
    )
  })

  describe.each(Object.keys(FILINGS))('%s', (type) => {
    describe.each(Object.keys(APPLICANTS))('for an %s', (applicant) => {
      it.each(Object.keys(SITES))('with a %s site, straight', async (site) => {
        const facts = { ...FILINGS[type], ...APPLICANTS[applicant], ...SITES[site] }
        const manner = MANNERS[(type.length + site.length) % MANNERS.length] ?? 'words'
        const story = new Story(pureTalker(language), language, manner)
        await story.begin()
        await story.answerFrom(facts)
        expect(lastResult(language, story.messages)).toBe(type)
        expectExplained(story, language, type)
        expectPreApproval(story, language, type, facts)
        expectNothingNeedless(type, story.asked)
      })

      it('with a change of mind in the middle that flips the result', async () => {
        const site = SITES['news'] ?? {}
        const before = { ...FILINGS[OTHER[type] ?? 'not-required'], ...APPLICANTS[applicant], ...site }
        const facts = { ...FILINGS[type], ...APPLICANTS[applicant], ...site }
        const story = new Story(pureTalker(language), language, 'words')
        await story.begin()
        await story.answerFrom(before, 'website.interactive')
        const first = lastResult(language, story.messages)
        expect(first).not.toBe(type)
        for (const key of Object.keys(before).filter((name) => story.asked.includes(name))) {
          if (String(facts[key]) === String(before[key]) || facts[key] === undefined) continue
          await story.change(key)
          expect(story.open?.question).toBe(key)
          await story.answerFrom(facts)
        }
        await story.answerFrom(facts)
        expect(lastResult(language, story.messages)).toBe(type)
        expectExplained(story, language, type)
      })
    })
  })
})

/** The last result stands with its reasons, each with a source, and its next step. */
function expectExplained(story: Story, language: Language, type: string): void {
  const said = blocks(story.messages)
  const heading = headings(story.messages).length
  expect(heading).toBeGreaterThan(0)
  const statements = said.flatMap((block) => (block.kind === 'statements' ? block.items : []))
  const rows = tableOf(brain.book, 'filing-type').rows.filter((row) => row.result === type)
  const reasons = statements.filter((item) => rows.some((row) => row.id === item.id))
  expect(reasons.length).toBeGreaterThan(0)
  for (const reason of reasons) {
    expect(reason.sources.length).toBeGreaterThan(0)
    expect(rows.some((row) => row.because[language] === reason.text)).toBe(true)
  }
  const next = tableOf(brain.book, 'filing-type').results[type]?.next?.[language]
  expect(wholeText(story.messages)).toContain(JSON.stringify(next).slice(1, -1))
}

function expectPreApproval(story: Story, language: Language, type: string, facts: Facts): void {
  if (NOTHING_TO_FILE.includes(type)) return
  const said = wholeText(story.messages)
  const { preApprovals, commercialLicence } = assess(brain.book, withoutAside(facts), TODAY)
  if (facts['website.services']?.[0] === 'none') {
    expect(preApprovals).toEqual([])
    expect(said).toContain(JSON.stringify(phrase(brain.phrases, language, 'pre-approval-none')).slice(1, -1))
    return
  }
  expect(preApprovals.map(({ category }) => category)).toEqual(expect.arrayContaining(['news', 'games']))
  for (const approval of preApprovals) {
    expect(said).toContain(JSON.stringify(approval.text[language]).slice(1, -1))
    expect(approval.sources.length).toBeGreaterThan(0)
  }
  expect(commercialLicence.result).toBe('required')
}

function withoutAside(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => brain.book.keys.has(key)))
}

/** Nobody is asked a question whose answer cannot change anything. */
function expectNothingNeedless(type: string, asked: readonly string[]): void {
  expect(new Set(asked).size).toBe(asked.length)
  if (type === 'not-required') expect(asked).toEqual(['service.kind', 'server.region'])
  if (type === 'file-on-platform') expect(asked).toEqual(['service.kind'])
}
