import { expect, it } from 'vitest'
import { LANGUAGES } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { tableOf } from '../../src/rules/rulebook.ts'
import { brain } from '../support/brain.ts'
import { blocks, Story, wholeText, type Facts } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { APPLICANTS, FILINGS, SITES } from './cases.ts'

const FILED: Facts = { ...FILINGS['already-filed'], ...APPLICANTS['company'], ...SITES['plain'] }

it.each(LANGUAGES)(
  'who is filed already is told in %s what a change asks for, one after the other',
  async (language) => {
    const story = new Story(pureTalker(language), language, 'words')
    await story.begin()
    const told = (from: number) => {
      const title = phrase(brain.phrases, language, 'changes-title')
      const found = blocks(story.messages.slice(from)).findLast(
        (block) => block.kind === 'statements' && block.title === title,
      )
      return JSON.stringify(found)
    }
    const says = (result: string) => tableOf(brain.book, 'changes').results[result]?.label[language] ?? '-'

    await story.answerFrom({ ...FILED, 'change.kind': 'domain-added' })
    expect(told(0)).toContain(says('new-website'))
    const before = story.messages.length
    await story.change('change.kind')
    expect(story.open?.question).toBe('change.kind')
    await story.answerFrom({ ...FILED, 'change.kind': 'website-closed' })
    expect(told(before)).toContain(says('cancel-website'))
  },
)

it('who is not filed yet is asked nothing about changes', async () => {
  const story = new Story(pureTalker('en'), 'en', 'words')
  await story.begin()
  await story.answerFrom({ ...FILINGS['first-time'], ...APPLICANTS['company'], ...SITES['plain'] })
  expect(story.asked).not.toContain('change.kind')
  expect(wholeText(story.messages)).not.toContain(phrase(brain.phrases, 'en', 'changes-title'))
})
