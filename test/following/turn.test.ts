import { describe, expect, it } from 'vitest'
import { MILESTONES } from '../../src/interview/following/milestones.ts'
import { CONSIDERED, LONGEST } from '../../src/interview/following/decode-rejection.ts'
import { readTold } from '../../src/bot/turn/following/read-told.ts'
import { LANGUAGES } from '../../src/language.ts'
import { completed, Conversation, hangzhou as known, kit } from './talk.ts'

const hangzhou = completed(known)

describe('a step told', () => {
  it.each([
    ['提交了, 昨天', 'submitted', '2026-11-23'],
    ['昨天提交了', 'submitted', '2026-11-23'],
    ['已于11月20日提交', 'submitted', '2026-11-20'],
    ['I submitted it yesterday', 'submitted', '2026-11-23'],
    ['submitted on 20 November', 'submitted', '2026-11-20'],
    ['I submitted it', 'submitted', undefined],
    ['已提交', 'submitted', undefined],
    ['通过了！', 'approved', undefined],
    ['My filing was approved', 'approved', undefined],
    ['被驳回了', 'rejected', undefined],
    ['it was rejected today', 'rejected', '2026-11-24'],
    ['I got the SMS', 'sms-due', undefined],
    ['今天收到短信验证码了', 'sms-due', '2026-11-24'],
    ['网站开通了', 'site-opened', undefined],
    ['site is open', 'site-opened', undefined],
    ['公安备案通过了', 'public-security-approved', undefined],
  ])('%s', (text, milestone, date) => {
    expect(readTold(kit.words, text, '2026-11-24')).toMatchObject({ kind: 'milestone', milestone, date })
  })

  it.each(
    [
      '还没提交',
      '没提交',
      '还没通过',
      '通过了吗？',
      'is it approved?',
      'not approved yet',
      'not submitted',
      '我要提交',
      'how do I submit',
      '网站什么时候开通',
      '公司',
      'yes',
      '',
      '提交',
      '👍',
      '通过'.repeat(100),
    ].filter((text) => text !== '提交'),
  )('is not read into %j', (text) => {
    expect(readTold(kit.words, text, '2026-11-24')).toBeUndefined()
  })

  it('can be told by the label of its button, in both languages', () => {
    for (const milestone of MILESTONES)
      for (const language of LANGUAGES)
        expect(
          readTold(kit.words, kit.words.milestones[milestone].label[language], '2026-11-24'),
        ).toMatchObject({ milestone })
  })
})

describe.each(LANGUAGES)('from submission to approval, in %s', (language) => {
  const words =
    language === 'en'
      ? {
          submitted: 'I submitted it',
          sms: 'I got the SMS',
          review: 'SMS verified',
          approved: 'approved',
          open: 'site is open',
          progress: 'progress',
          police: 'public security filed',
        }
      : {
          submitted: '已提交',
          sms: '收到短信了',
          review: '短信核验完成',
          approved: '通过了',
          open: '网站开通了',
          progress: '进度',
          police: '公安备案已提交',
        }

  it('every step is noted with its deadlines, and the number brings footer and duties', () => {
    const talk = new Conversation(language, hangzhou)
    expect(talk.say(words.submitted).text).toContain('2026-11-27')
    const sms = talk.say(words.sms).text
    expect(sms).toContain('2026-11-25 10:00')
    expect(sms).toContain('sms.safety')
    expect(talk.say(words.review).text).toContain('2026-12-22')
    talk.now = new Date('2026-12-10T02:00:00Z')
    talk.say(words.approved)
    expect(talk.following?.awaiting).toBe('number')
    const approved = talk.say('浙ICP备2026001234号-1').text
    expect(talk.following).toMatchObject({ number: '浙ICP备2026001234号-1' })
    expect(talk.following?.awaiting).toBeUndefined()
    expect(approved).toContain('浙ICP备2026001234号')
    expect(approved).toContain('obligations.public-security-filing')
    expect(approved).toContain('commercial-licence')
    expect(talk.say(words.open).text).toContain('2027-01-09')
    const timeline = talk.say(words.progress).text
    for (const day of ['2026-11-24', '2026-12-10', '2027-01-09']) expect(timeline).toContain(day)
    talk.say(words.police)
    expect(talk.say(words.progress).text).not.toContain('2027-01-09')
  })

  it('a wrong number is refused with its cause, one of another province is pointed out', () => {
    const talk = new Conversation(language, hangzhou)
    talk.say(words.submitted)
    talk.say(words.approved)
    for (const wrong of ['12345678', '浙ICP备2026001234号', '浙ICP备123号-1', '京ICP证030173号']) {
      talk.say(wrong)
      expect(talk.following?.awaiting).toBe('number')
      expect(talk.following?.number).toBeUndefined()
    }
    const other = talk.say('沪ICP备2026001234号-1').text
    expect(talk.following?.number).toBe('沪ICP备2026001234号-1')
    expect(other).toContain(language === 'en' ? 'Zhejiang' : '浙江')
  })

  it('nothing is noted out of order, in the future or twice', () => {
    const talk = new Conversation(language, hangzhou)
    talk.say(words.open)
    expect(talk.following).toBeUndefined()
    talk.say(words.submitted)
    const before = talk.following
    talk.say(words.submitted)
    expect(talk.following).toEqual(before)
    const early = talk.say(words.open).text
    expect(early).toContain(language === 'en' ? 'must not be reachable' : '不能访问')
    expect(talk.following).toEqual(before)
    talk.say(language === 'en' ? 'approved tomorrow' : '明天通过了')
    expect(talk.following).toEqual(before)
    talk.say(language === 'en' ? 'approved on 2026-11-01' : '2026年11月1日通过了')
    expect(talk.following).toEqual(before)
  })

  it('a mistake can be taken back', () => {
    const talk = new Conversation(language, hangzhou)
    talk.say(words.submitted)
    talk.say(words.approved)
    talk.say(language === 'en' ? 'undo last step' : '撤回上一步')
    expect(Object.keys(talk.following?.milestones ?? {})).toEqual(['submitted'])
  })
})

describe('a rejection', () => {
  it('is decoded; only the answers concerned open again; handing in again starts a new round', () => {
    const talk = new Conversation('zh-CN', hangzhou)
    talk.say('已提交')
    talk.say('被驳回了')
    expect(talk.following?.awaiting).toBe('reason')
    const { text } = talk.say('网站内容不合格：个人网站不得涉及商业性内容。电话无人接听。')
    expect(text).toContain('reject.content')
    expect(text).toContain('reject.phone_unreachable')
    expect(Object.keys(talk.standing.case.aside).toSorted()).toEqual([
      'website.commercial',
      'website.interactive',
      'website.services',
    ])
    expect(talk.standing.case.answers['entity.province']).toBe('CN-ZJ')
    expect(talk.following?.awaiting).toBeUndefined()
    talk.now = new Date('2026-12-01T02:00:00Z')
    talk.say('重新提交了')
    expect(Object.keys(talk.following?.milestones ?? {})).toEqual(['submitted'])
  })

  it('pasted without a word before is known for what it is', () => {
    const talk = new Conversation('en', hangzhou)
    talk.say('submitted')
    const { text } = talk.say('您的备案订单已被驳回，原因：域名未入库。')
    expect(text).toContain('reject.not_in_db')
    expect(talk.following?.milestones.rejected?.on).toBe('2026-11-24')
  })

  it('that nobody knows is said to be so, and handed over for staff', () => {
    const talk = new Conversation('zh-CN', hangzhou)
    talk.say('已提交')
    talk.say('被驳回了')
    const { result } = talk.say('请联系专员王女士13800138000补充其他说明材料。')
    expect(result.unmatched).toBe('请联系专员王女士13800138000补充其他说明材料。')
    expect(talk.standing.case.answers).toEqual(hangzhou)
    expect(talk.following?.awaiting).toBe('reason')
  })

  it('of any length gets a clear answer', () => {
    const talk = new Conversation('zh-CN', hangzhou)
    talk.say('已提交')
    talk.say('被驳回了')
    const before = talk.standing.case
    const { text, result } = talk.say('网站名称不规范。'.repeat(6_300))
    expect(text).toContain(String(LONGEST))
    expect(result.unmatched).toBeUndefined()
    expect(talk.standing.case).toEqual(before)
    expect(talk.say(`网站名称不规范。${'如题。'.repeat(3_000)}`).text).toContain(String(CONSIDERED))
    expect(talk.following?.awaiting).toBeUndefined()
  })

  it('too long where none is waited for is refused as any other text', () => {
    const talk = new Conversation('zh-CN', hangzhou)
    const before = talk.standing.case
    talk.say('啊'.repeat(50_000))
    expect(talk.standing.case).toEqual(before)
  })
})

describe('the interview', () => {
  it('comes first while nothing was told', () => {
    const talk = new Conversation('en', {})
    talk.say('website')
    expect(talk.standing.case.answers).toEqual({ 'service.kind': 'website' })
    expect(talk.following).toBeUndefined()
    expect(talk.say('progress').text).not.toContain('tell me “submitted”')
  })

  it('starts over without what was followed', () => {
    const talk = new Conversation('en', hangzhou)
    talk.say('submitted')
    talk.say('start over')
    talk.say('yes')
    expect(talk.following).toBeUndefined()
  })

  it('answers buttons of steps, old ones too', () => {
    const talk = new Conversation('en', hangzhou)
    const press = (answer: string) =>
      talk.take({ kind: 'payload', payload: { kind: 'answer', question: 'following', version: 0, answer } })
    press('submitted')
    expect(talk.following?.milestones.submitted?.on).toBe('2026-11-24')
    const before = talk.following
    press('submitted')
    press('site-opened')
    press('__proto__')
    expect(talk.following).toEqual(before)
  })
})
