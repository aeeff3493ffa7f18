import { describe, expect, it } from 'vitest'
import type { Payload } from '../../src/rendering/message.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { lastResult, Story, wholeText } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'

const en = (id: Parameters<typeof phrase>[2]) => phrase(brain.phrases, 'en', id)
const button = (question: string, answer: string, version: number): Payload => ({
  kind: 'answer',
  question,
  version,
  answer,
})

async function begun() {
  const talker = pureTalker('en')
  const story = new Story(talker, 'en', 'buttons')
  await story.begin()
  return { talker, story }
}

describe('buttons of questions that are not open', () => {
  it('a double tap is noted once', async () => {
    const { talker, story } = await begun()
    const first = story.open!
    await story.answer(first, 'website')
    const replies = await story.press(button('service.kind', 'website', first.version), 'A website')
    expect(wholeText(replies)).toContain(en('old-button-same'))
    expect(story.open?.question).toBe('server.region')
    expect(talker.standing().case.revision).toBe(1)
  })

  it('another answer is offered as a change, and changed on a yes', async () => {
    const { story } = await begun()
    const facts = { ...FILINGS['first-time'], ...APPLICANTS['company'], ...SITES['plain'] }
    await story.answerFrom(facts)
    await story.press(button('server.region', 'outside-mainland', 1), 'Outside')
    expect(story.messages.at(-1)?.actions?.map(({ payload }) => payload)).toEqual([
      { kind: 'command', command: 'yes' },
      { kind: 'command', command: 'no' },
    ])
    expect(lastResult('en', story.messages)).toBe('first-time')
    await story.say('yes')
    expect(lastResult('en', story.messages)).toBe('not-required')
    expect(wholeText(story.messages)).toContain('turns from')
  })

  it('a question that no longer applies is refused politely', async () => {
    const { story } = await begun()
    await story.answer(story.open!, 'app')
    const replies = await story.press(button('server.region', 'mainland', 1), 'Mainland China')
    expect(wholeText(replies)).toContain(en('old-button-gone'))
    expect(story.open?.question).toBe('entity.kind')
  })

  it('a button from before a restart answers nothing', async () => {
    const { story } = await begun()
    const first = story.open!
    await story.answer(first, 'website')
    await story.say('start over')
    await story.say('yes')
    const replies = await story.press(button('service.kind', 'app', first.version), 'An app only')
    expect(wholeText(replies)).toContain(en('old-button-gone'))
    expect(story.open?.question).toBe('service.kind')
  })

  it.each([
    ['an unknown question', button('constructor', 'x', 0)],
    ['a value the question does not have', button('service.kind', '__proto__', 0)],
    ['unsure where it is no answer', button('service.kind', 'unsure', 0)],
    ['a list for one value', { kind: 'answer', question: 'service.kind', version: 0, answer: ['website'] }],
    ['a version of the far future', button('server.region', 'mainland', 1e9)],
  ] as const)('%s changes nothing', async (_, payload) => {
    const { talker, story } = await begun()
    const replies = await story.press(payload, 'x')
    expect(replies.length).toBeGreaterThan(0)
    expect(story.open?.question).toBe('service.kind')
    expect(talker.standing().case.answers).toEqual({})
  })
})
