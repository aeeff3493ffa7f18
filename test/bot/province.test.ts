import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { headings, Story } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { HANGZHOU } from '../stories/applications.ts'

describe.each(LANGUAGES)('what my province asks for, in %s', (language) => {
  const title = (region: string) =>
    phrase(brain.phrases, language, 'province-title', {
      name: brain.book.provinces.get(region)?.name[language] ?? '',
    })

  it('is a starting point that asks for the province, by list or in words, and answers', async () => {
    for (const way of ['list', 'words'] as const) {
      const talker = pureTalker(language)
      const story = new Story(talker, language, 'buttons')
      await story.begin()
      const first = story.messages.at(-1)?.input?.question
      const start = story.messages[0]?.starts?.[1]
      await story.press(start!.payload, start!.label)
      const input = story.open!
      expect(input.question).toBe('entity.province')
      if (way === 'list') await story.answer(input, 'CN-SH')
      else await story.say(language === 'en' ? 'Shanghai' : '上海')
      expect(headings(story.messages)).toContain(title('CN-SH'))
      expect(talker.standing().case.answers).toEqual({})
      expect(story.open?.question).toBe(first)
    }
  })

  it('is answered at once where the province is known', async () => {
    const story = new Story(pureTalker(language), language, 'buttons')
    await story.begin()
    await story.answerFrom(HANGZHOU, 'domain.filing')
    const replies = await story.press({ kind: 'command', command: 'province' }, 'x')
    expect(headings(replies)).toContain(title('CN-ZJ'))
    expect(story.open?.question).toBe('domain.filing')
  })

  it('may be left for something else', async () => {
    const story = new Story(pureTalker(language), language, 'buttons')
    await story.begin()
    await story.press({ kind: 'command', command: 'province' }, 'x')
    await story.say(language === 'en' ? 'help' : '帮助')
    expect(story.open?.question).toBe('service.kind')
    await story.press({ kind: 'command', command: 'province' }, 'x')
    await story.say('qwertz')
    expect(story.open?.question).toBe('service.kind')
  })
})
