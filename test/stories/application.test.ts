import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeTurn } from '../../src/bot/turn/take-turn.ts'
import { newTalk, talkSchema, caseSchema, type Standing } from '../../src/bot/turn/standing.ts'
import { newCase } from '../../src/interview/case.ts'
import { exportOf } from '../../src/interview/following/export.ts'
import { answersOnPath } from '../../src/interview/resolve.ts'
import { resolveCase } from '../../src/bot/turn/brain.ts'
import { LANGUAGES } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain, TODAY } from '../support/brain.ts'
import { Story, wholeText, type Facts } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { FOREIGN_LED, HANGZHOU, INDIVIDUAL } from './applications.ts'

const APPLICATIONS: Readonly<Record<string, Facts>> = {
  'a Hangzhou company, first filing': HANGZHOU,
  'an individual with a site filed elsewhere': INDIVIDUAL,
  'a foreign-led company changing provider': FOREIGN_LED,
}

describe.each(LANGUAGES)('an application from hello to checked, in %s', (language) => {
  const said = (id: Parameters<typeof phrase>[2]) => phrase(brain.phrases, language, id)

  it.each(Object.entries(APPLICATIONS))('%s, straight', async (_, facts) => {
    const talker = pureTalker(language)
    const story = new Story(talker, language, 'words')
    await story.begin()
    await story.answerFrom(facts, 'application.checked')
    expect(story.open?.question).toBe('application.checked')
    const summary = wholeText(story.messages.slice(-1))
    expect(summary).toContain(said('check-intro'))
    expect(summary).toContain(String(facts['leader.name']).replaceAll('-', '\\\\-'))
    await story.answerFrom(facts)
    expect(wholeText(story.messages.slice(-1))).toContain(said('done-application'))
    const { case: current } = talker.standing()
    expect(caseSchema.parse(current)).toMatchObject({ answers: current.answers })
  })

  it.each(Object.entries(APPLICATIONS))(
    '%s, with questions, slips and a change of mind',
    async (_, facts) => {
      const talker = pureTalker(language)
      const story = new Story(talker, language, 'buttons')
      await story.begin()
      await story.answerFrom(facts, 'leader.mobile')
      await story.say(language === 'en' ? 'why' : '为什么')
      await story.say('12345')
      await story.say(language === 'en' ? 'how long does it take?' : '备案要多久？')
      expect(story.open?.question).toBe('leader.mobile')
      await story.answerFrom(facts, 'application.checked')
      // A change of the province asks nothing twice, and leads back to the summary.
      await story.change('leader.email')
      await story.say('new@example.cn')
      expect(story.open?.question).toBe('application.checked')
      expect(wholeText(story.messages.slice(-1))).toContain(said('check-intro'))
      await story.answerFrom(facts)
      expect(talker.standing().case.answers).toMatchObject({
        'application.checked': 'yes',
        'leader.email': 'new@example.cn',
      })
      // Whatever changes later has to be checked again.
      await story.change('site.name')
      expect(talker.standing().case.answers['application.checked']).toBeUndefined()
      await story.say(said('keep'))
      expect(story.open?.question).toBe('application.checked')
    },
  )

  it('asks what a changed branch adds before the summary', async () => {
    const talker = pureTalker(language)
    const story = new Story(talker, language, 'buttons')
    await story.begin()
    const { 'administrator.name': name, ...others } = HANGZHOU
    await story.answerFrom({ ...others, 'administrator.is-leader': 'yes' }, 'application.checked')
    expect(story.asked).not.toContain('administrator.name')
    await story.change('administrator.is-leader')
    await story.answer(story.open!, 'no')
    expect(story.open?.question).toBe('administrator.name')
    await story.answerFrom({ ...others, 'administrator.name': name ?? '' }, 'application.checked')
    expect(wholeText(story.messages.slice(-1))).toContain(String(name))
  })

  it('asks nothing personal without consent, and still gets to the end', async () => {
    const story = new Story(pureTalker(language), language, 'buttons')
    await story.begin()
    await story.answerFrom({ ...HANGZHOU, 'consent.personal': 'no' }, 'application.checked')
    const personal = story.asked.filter((key) => brain.dialogs.questions.get(key)?.personal !== 'none')
    expect(personal).toEqual([])
    expect(story.open?.question).toBe('application.checked')
  })
})

const TEXTS = [
  ...[
    'yes',
    'no',
    '不确定',
    '跳过',
    'back',
    '上一步',
    'why',
    '修改 负责人手机',
    'change province',
    '保持不变',
  ],
  ...[
    '13800138000',
    '13900139000',
    'a@example.cn',
    '杭州市西湖区',
    '一年后',
    'example.cn',
    '张三丰',
    '1',
    '2',
    '3',
  ],
  ...[
    '杭州青田网络科技有限公司',
    '浙江省杭州市西湖区文三路1号',
    '47.96.10.20',
    '1380',
    '不对，是江苏',
    'English',
  ],
  ...[
    'how long does it take?',
    '我的省份要求什么？',
    'restart',
    '\u0000\ud800',
    '<b>**x**</b>',
    '的'.repeat(600),
  ],
]

describe('random walks', () => {
  it('never fail, and export what is on the path and nothing else', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant('fact' as const) },
      { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
      { weight: 1, arbitrary: fc.constant('form' as const) },
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(APPLICATIONS)),
        fc.array(step, { maxLength: 70 }),
        fc.constantFrom(...LANGUAGES),
        (facts, steps, language) => {
          let standing: Standing = { case: newCase('walk', language, new Date(0)), talk: newTalk }
          for (const one of steps) {
            standing = walked(standing, one, facts)
            talkSchema.parse(standing.talk)
            caseSchema.parse(standing.case)
          }
          const resolution = resolveCase(brain, standing.case.answers, TODAY)
          const onPath = answersOnPath(resolution)
          expect(Object.keys(onPath)).toEqual(resolution.path.map(({ question }) => question.id))
          for (const [key, value] of Object.entries(onPath)) expect(standing.case.answers[key]).toEqual(value)
          expect(exportOf(standing.case)).toBeDefined()
        },
      ),
      { numRuns: 25 },
    )
  })
})

function walked(standing: Standing, step: string, facts: Facts): Standing {
  const { open } = resolveCase(brain, standing.case.answers, TODAY)
  const version = standing.case.revision
  const key = open?.question.id ?? ''
  if (step === 'form') {
    const answers = Object.fromEntries(
      Object.keys(facts)
        .filter((name) => brain.dialogs.questions.get(name)?.field)
        .map((name) => [name, String(facts[name])]),
    )
    return takeTurn(brain, standing, { kind: 'form', form: { kind: 'answers', version, answers } }, TODAY)
      .standing
  }
  if (step !== 'fact') return takeTurn(brain, standing, { kind: 'text', text: step }, TODAY).standing
  const answer = facts[key] ?? 'unsure'
  const payload = { kind: 'answer', question: key || 'x', version, answer } as const
  return takeTurn(brain, standing, { kind: 'payload', payload }, TODAY).standing
}
