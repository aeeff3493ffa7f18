import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '../../src/language.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { Story, wholeText } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { HANGZHOU, INDIVIDUAL, identityNumber } from '../stories/applications.ts'

const ask = (language: Language, key: string) => brain.dialogs.questions.get(key)?.ask[language] ?? ''

async function at(key: string, language: Language = 'en') {
  const talker = pureTalker(language)
  const story = new Story(talker, language, 'words')
  await story.begin()
  await story.answerFrom(HANGZHOU, key)
  expect(story.open?.question).toBe(key)
  return { story, answers: () => talker.standing().case.answers, talk: () => talker.standing().talk }
}

describe('a typed answer', () => {
  it.each([
    ['leader.mobile', '我的手机号是 138 0013 8000', '13800138000'],
    ['leader.mobile', '１３８－００１３－８０００', '13800138000'],
    ['leader.mobile', '13800138000?', '13800138000'],
    ['domain.expiry', 'it expires on 3 March 2027', '2027-03-03'],
    ['domain.expiry', '2027年3月3日', '2027-03-03'],
    ['domain.expiry', '一年后', '2027-11-24'],
    [
      'leader.identity-number',
      `身份证号：${identityNumber('33010619850101123')}`,
      identityNumber('33010619850101123'),
    ],
    ['entity.name', '公司全称是杭州返回帮助科技有限公司', '杭州返回帮助科技有限公司'],
    ['entity.name', '北京修改（集团）有限公司', '北京修改（集团）有限公司'],
    ['entity.division', '杭州市西湖区', '330106'],
    ['site.domains', '我们的域名是 a-example.cn 和 b-example.com', ['a-example.cn', 'b-example.com']],
    ['site.name', '什么值得买', '什么值得买'],
    ['site.remark', '备'.repeat(500), '备'.repeat(500)],
    ['leader.email', 'Zhang@Example.CN', 'Zhang@example.cn'],
  ])('%s takes %s', async (key, text, value) => {
    const { story, answers } = await at(key, 'zh-CN')
    await story.say(text)
    expect(answers()[key]).toEqual(value)
    expect(story.open?.question).not.toBe(key)
  })

  it('is shown back, a sensitive one masked', async () => {
    const { story } = await at('leader.identity-number')
    const number = identityNumber('33010619850101123')
    const told = wholeText(await story.say(number))
    expect(told).not.toContain(number)
    expect(told).toContain(number.slice(-4))
    expect(wholeText(await story.say('my answers'))).not.toContain(number)
    expect(wholeText(await story.say('change Identity number of the leader'))).not.toContain(number)
    expect(JSON.stringify(story.messages.at(-1))).not.toContain(number)
  })

  it('with something to look at is taken with a warning', async () => {
    const { story, answers } = await at('leader.identity-number', 'zh-CN')
    const replies = await story.say(identityNumber('44010619850101123'))
    expect(answers()['leader.identity-number']).toBe(identityNumber('44010619850101123'))
    expect(wholeText(replies)).toContain('广东')
    expect(JSON.stringify(replies)).toContain('"tone":"warning"')
  })

  it.each(LANGUAGES)('that is wrong says what, then helps, then offers a way out (%s)', async (language) => {
    const { story, answers, talk } = await at('leader.mobile', language)
    const first = await story.say('138001380')
    expect(wholeText(first)).toContain('9')
    expect(story.open?.question).toBe('leader.mobile')
    const second = await story.say('0571-88880000')
    const third = await story.say('+44 20 7946 0958')
    expect(new Set([first, second, third].map(wholeText)).size).toBe(3)
    expect(third.at(-1)?.actions?.map(({ label }) => label)).toContain(
      phrase(brain.phrases, language, 'action-human'),
    )
    expect(talk().typed).toEqual({ 'leader.mobile': '+44 20 7946 0958' })
    await story.say('13800138000')
    expect(answers()['leader.mobile']).toBe('13800138000')
    expect(talk().typed).toBeUndefined()
    expect(talk().misses).toBe(0)
  })

  it('that equals the other phone is refused, also after a change', async () => {
    const { story, answers } = await at('leader.email')
    await story.change('leader.mobile')
    await story.say('13900139000')
    expect(story.open?.question).toBe('leader.mobile')
    await story.say('keep it')
    expect(answers()['leader.mobile']).toBe('13800138000')
    expect(story.open?.question).toBe('leader.email')
  })

  it('may equal a number that was taken back, too', async () => {
    const { story, answers } = await at('leader.email')
    await story.change('leader.emergency-phone')
    await story.change('leader.mobile')
    await story.say('13900139000')
    expect(answers()['leader.mobile']).toBe('13900139000')
    expect(story.open?.question).toBe('leader.emergency-phone')
    await story.say('keep it')
    expect(answers()['leader.emergency-phone']).toBeUndefined()
    await story.say('13800138000')
    expect(answers()['leader.emergency-phone']).toBe('13800138000')
  })

  it('is a place in any province where somebody lives in another one', async () => {
    const talker = pureTalker('zh-CN')
    const story = new Story(talker, 'zh-CN', 'words')
    await story.begin()
    const facts = { ...INDIVIDUAL, 'entity.residence': 'elsewhere', 'entity.residence.province': 'CN-ZJ' }
    await story.answerFrom(facts, 'entity.division')
    await story.say('杭州市西湖区')
    expect(talker.standing().case.answers['entity.division']).toBe('330106')
    await story.say('浙江省杭州市西湖区文三路1号')
    expect(talker.standing().case.answers['entity.certificate-address']).toBe('浙江省杭州市西湖区文三路1号')
  })

  it.each(LANGUAGES)(
    'that a reviewer would refuse is said to be so at once, and once only (%s)',
    async (language) => {
      const { story, answers } = await at('site.name', language)
      const told = wholeText(await story.say('中国青田论坛'))
      expect(answers()['site.name']).toBe('中国青田论坛')
      expect(told).toContain(phrase(brain.phrases, language, 'precheck-rejects'))
      const domains = wholeText(await story.say('qingtian-example.cn'))
      expect(domains).not.toContain(phrase(brain.phrases, language, 'precheck-rejects'))
      await story.change('site.name')
      expect(wholeText(await story.say('青田网络科技'))).not.toContain(
        phrase(brain.phrases, language, 'precheck-rejects'),
      )
    },
  )

  it('may be left out where the rules allow, and not elsewhere', async () => {
    for (const word of ['skip', 'none', 'not sure', '跳过']) {
      const { story, answers } = await at('domain.expiry')
      await story.say(word)
      expect(answers()['domain.expiry']).toBe('unsure')
    }
    for (const word of ['skip', 'no', '没有', 'yes']) {
      const { story, answers } = await at('leader.name')
      await story.say(word)
      expect(story.open?.question).toBe('leader.name')
      expect(answers()['leader.name']).toBeUndefined()
    }
  })

  it.each([
    ['why do you ask?'],
    ['help'],
    ['how long does the filing take?'],
    ['can I use a foreign phone number for this?'],
    ['hello'],
    ['my answers'],
    ['human'],
    ['you are stupid'],
    ['😀'],
  ])('lets %s in between and asks again', async (text) => {
    for (const key of ['leader.name', 'leader.mobile', 'entity.name']) {
      const { story, answers } = await at(key)
      const replies = await story.say(text)
      expect(answers()[key], key).toBeUndefined()
      expect(wholeText(replies)).toContain(ask('en', key))
      expect(story.open?.question).toBe(key)
    }
  })

  it('goes back, and takes a correction of an earlier answer', async () => {
    const { story, answers } = await at('leader.mobile')
    await story.say('back')
    expect(story.open?.question).toBe('leader.identity-number')
    const other = await at('leader.mobile', 'zh-CN')
    await other.story.say('不对，是江苏')
    expect(other.answers()['entity.province']).toBe('CN-JS')
    expect(answers()['entity.province']).toBe('CN-ZJ')
  })

  it('comes from a field of the widget, too, and a file or 50 kB do no harm', async () => {
    const talker = pureTalker('en')
    const story = new Story(talker, 'en', 'words')
    await story.begin()
    await story.answerFrom(HANGZHOU, 'leader.mobile')
    const { question, version } = story.open!
    const press = (answer: string | readonly string[]) =>
      story.press({ kind: 'answer', question, version, answer }, 'x')
    expect(wholeText(await press('why do you ask?'))).toContain(phrase(brain.phrases, 'en', 'why-title'))
    await press('12')
    expect(talker.standing().case.answers['leader.mobile']).toBeUndefined()
    await story.say('1'.repeat(50_000))
    expect(story.open?.question).toBe('leader.mobile')
    await press('138-0013-8000')
    expect(talker.standing().case.answers['leader.mobile']).toBe('13800138000')
    await press('13700137000')
    expect(wholeText(story.messages.slice(-1))).toContain('13700137000')
    await story.say('yes')
    expect(talker.standing().case.answers['leader.mobile']).toBe('13700137000')
  })
})
