import { describe, expect, it } from 'vitest'
import { capabilitiesOf } from '../../src/rendering/channel/capabilities.ts'
import { toActivities } from '../../src/rendering/channel/to-activity.ts'
import { readIncoming } from '../../src/bot/incoming.ts'
import { parseFormAnswers } from '../../src/rendering/payload.ts'
import { LANGUAGES } from '../../src/language.ts'
import { resolveCase } from '../../src/bot/turn/brain.ts'
import { answersOnPath } from '../../src/interview/resolve.ts'
import { brain, TODAY } from '../support/brain.ts'
import { Story, wholeText } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { HANGZHOU } from '../stories/applications.ts'
import { wordsIn } from '../rendering/support.ts'

async function atForm(key = 'leader.identity-number', language: 'en' | 'zh-CN' = 'en') {
  const talker = pureTalker(language)
  const story = new Story(talker, language, 'words')
  await story.begin()
  await story.answerFrom(HANGZHOU, key)
  const send = async (answers: Readonly<Record<string, string>>, version = story.open?.version ?? 0) => {
    const replies = await talker.form({ kind: 'answers', version, answers })
    story.messages.push(...replies)
    return replies
  }
  return { story, send, answers: () => talker.standing().case.answers, talk: () => talker.standing().talk }
}

const RIGHT = Object.fromEntries(
  ['leader.identity-number', 'leader.mobile', 'leader.phone-2', 'leader.emergency-phone', 'leader.email'].map(
    (key) => [key, String(HANGZHOU[key])],
  ),
)

describe('a form of several plain questions', () => {
  it.each(LANGUAGES)('asks the open question and the plain ones after it (%s)', async (language) => {
    const { story, send, answers } = await atForm('leader.identity-number', language)
    expect(story.open?.form?.fields.map(({ question }) => question)).toEqual(Object.keys(RIGHT))
    const replies = await send(RIGHT)
    expect(answers()).toMatchObject({ 'leader.mobile': '13800138000', 'leader.email': 'zhang@example.cn' })
    expect(story.open?.question).toBe('site.name')
    expect(wholeText(replies)).not.toContain(RIGHT['leader.identity-number'])
  })

  it('is not sent where one question stands alone', async () => {
    const { story } = await atForm('domain.expiry')
    expect(story.open?.form).toBeUndefined()
    expect(story.open?.date).toBe(true)
  })

  it('takes what is right, and gives what is wrong back with its value and why', async () => {
    const { story, send, answers, talk } = await atForm()
    await send({
      ...RIGHT,
      'leader.mobile': '1380013',
      'leader.emergency-phone': '',
      'leader.phone-2': 'unsure',
    })
    expect(answers()['leader.email']).toBe('zhang@example.cn')
    expect(answers()['leader.phone-2']).toBe('unsure')
    const fields = story.open?.form?.fields ?? []
    expect(fields.map(({ question, value, error }) => [question, value, error !== undefined])).toEqual([
      ['leader.mobile', '1380013', true],
      ['leader.emergency-phone', '', true],
    ])
    const asked = await story.say('how long does the filing take?')
    expect(asked.at(-1)?.input?.form?.fields[0]?.value).toBe('1380013')
    await send({ 'leader.mobile': '13800138000', 'leader.emergency-phone': '13800138000' })
    expect(talk().typed).toEqual({ 'leader.emergency-phone': '13800138000' })
    await story.say('13900139000')
    expect(story.open?.question).toBe('site.name')
    expect(talk().typed).toBeUndefined()
    const resolution = resolveCase(brain, answers(), TODAY)
    expect(answersOnPath(resolution)['leader.emergency-phone']).toBe('13900139000')
  })

  it('sent twice, or from before, changes nothing and asks again', async () => {
    const { story, send, answers } = await atForm()
    const { version } = story.open!
    await send(RIGHT)
    const before = answers()
    await send({ ...RIGHT, 'leader.mobile': '13700137000' }, version)
    expect(answers()).toBe(before)
    expect(story.open?.question).toBe('site.name')
    await send({ nonsense: 'x' })
    expect(answers()).toBe(before)
  })

  it('is over when the first answer is typed, for one field; the others stay a form', async () => {
    const { story } = await atForm()
    await story.say(RIGHT['leader.identity-number'] ?? '')
    expect(story.open?.form?.fields).toHaveLength(4)
  })

  it('is one Adaptive Card elsewhere, whose empty fields count as left out', async () => {
    const { story, send, answers } = await atForm()
    const words = wordsIn('en')
    const activities = toActivities(story.messages.at(-1)!, capabilitiesOf({ channelId: 'msteams' }), words)
    const text = JSON.stringify(activities)
    for (const key of Object.keys(RIGHT)) expect(text).toContain(`"id":"${key}"`)
    const web = JSON.stringify(
      toActivities(story.messages.at(-1)!, capabilitiesOf({ channelId: 'webchat' }), words),
    )
    expect(web).toContain('"id":"leader.email"')
    const typed: Record<string, string> = { ...RIGHT }
    delete typed['leader.phone-2']
    const value = {
      kind: 'answers',
      version: story.open!.version,
      fields: Object.keys(RIGHT).join(' '),
      ...typed,
    }
    const incoming = readIncoming({ value })
    expect(incoming.kind).toBe('form')
    await send(parseFormAnswers(value)?.answers ?? {})
    expect(answers()['leader.phone-2']).toBe('unsure')
    expect(story.open?.question).toBe('site.name')
  })

  it('is refused whole where it is none of ours', () => {
    for (const value of [
      { kind: 'answers', version: 1, answers: { a: 'x'.repeat(1001) } },
      { kind: 'answers', version: -1, answers: {} },
      { kind: 'answers', version: 1, fields: 'a', a: 7 },
      { kind: 'answers', version: 1 },
    ])
      expect(parseFormAnswers(value)).toBeUndefined()
  })
})
