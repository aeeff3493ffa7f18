import { describe, expect, it } from 'vitest'
import type { Answers } from '../../src/rules/answers.ts'
import { ask } from '../../src/understanding/ask/ask.ts'
import { QUESTION_CAP } from '../../src/understanding/ask/tokens.ts'
import { unsupportedNumbers } from '../../src/understanding/ask/unsupported.ts'
import { shortened } from '../../src/understanding/ask/wording.ts'
import { evaluateQuestions } from '../../tools/eval/questions.ts'
import {
  readFreshQuestions,
  readHardQuestions,
  readQuestions,
  readReworded,
} from '../../tools/eval/corpus.ts'
import { unsupported } from '../../tools/eval/support.ts'
import { BAD_INPUT, book, index, knowing, vocabulary } from './support.ts'

const asked = (
  question: string,
  lang: 'zh-CN' | 'en' = 'zh-CN',
  answers: Answers = {},
  asOf = '2026-11-24',
) => ask(knowing, index, { question, lang, context: { answers }, asOf })
const ids = (question: string, lang: 'zh-CN' | 'en' = 'zh-CN', answers: Answers = {}) =>
  asked(question, lang, answers).facts.map(({ id }) => id)

describe('looked up where the words allow', () => {
  it('compares two regions on one point', () => {
    const cited = ids('四川和广东对负责人的要求有什么不同')
    expect(cited.slice(0, 2).map((id) => id.slice(0, 5))).toEqual(['CN-SC', 'CN-GD'])
    expect(cited[0]).toContain('.representative.')
  })

  it('tells what a region says where it is asked about as a whole', () => {
    expect(
      ids('anything special about Jiangsu for individuals?', 'en').every((id) => id.startsWith('CN-JS.')),
    ).toBe(true)
    expect(ids('浙江有什么特殊要求').every((id) => id.startsWith('CN-ZJ.'))).toBe(true)
    expect(ids('浙江有什么特殊要求')).toHaveLength(3)
  })

  it('asks for the point where none is named', () => {
    expect(asked('四川和广东有什么不同').followUp?.key).toBe('topic')
  })

  it('lists provinces, only the group asked about', () => {
    const result = asked('which provinces refuse out-of-province IDs', 'en')
    expect(result.facts[0]?.id).toBe('CN.group.out-of-province-individual')
    expect(result.answer).toContain('Refused')
    expect(result.answer).not.toContain('Accepted')
  })

  it('tells what changed, and the past as past', () => {
    const result = asked('what changed since 2020 for SMS', 'en')
    expect(result.facts.map(({ current }) => current).slice(0, 2)).toEqual([true, false])
    expect(result.answer).toContain('no longer valid')
  })

  it('knows the day of a region', () => {
    expect(ids('山东从哪天开始要短信核验')[0]).toBe('CN-SD.sms_verification.1')
  })

  it('takes the region from the case where the question names none', () => {
    const question = '身份证是外地的可以备案吗'
    expect(
      ids(question, 'zh-CN', { 'entity.province': 'CN-SH', 'entity.kind': 'individual' }).join(' '),
    ).toContain('CN-SH')
    expect(asked(question).followUp?.key).toBe('entity.province')
  })
})

describe('knowing its limits', () => {
  it.each([
    ['阿里云服务器多少钱一年', 'prices'],
    ['How do I register a trademark in China?', 'trademark'],
    ['A记录怎么设置', 'dns'],
    ['which VPN works in China', 'vpn'],
    ['注册公司需要什么', 'company'],
  ])('%s: outside (%s)', (question, id) => {
    expect(asked(question)).toMatchObject({ known: false, outOfScope: { id }, facts: [] })
  })

  it.each([
    'CloudFront says ICP status SUSPENDED for my alias. Meaning?',
    '欧盟GDPR怎么遵守',
    'does Baidu rank filed sites higher',
  ])('says that it does not know: %s', (question) => {
    const result = asked(question, 'en')
    expect(result).toMatchObject({ known: false, facts: [] })
    expect(result.answer).toBe(vocabulary.phrases.unknown.en)
  })

  it('tells nothing as current that was replaced, or has yet to come', () => {
    for (const line of readQuestions())
      for (const fact of asked(line.question).facts)
        if (book.facts.get(fact.id)?.superseded) expect(fact.current, fact.id).toBe(false)
    const then = asked('广东要短信核验吗', 'zh-CN', {}, '2020-05-27').facts.map(({ id }) => id)
    expect(then).not.toContain('CN-GD.sms_verification.1')
  })
})

describe('nothing but what facts hold', () => {
  it('finds numbers that no fact holds', () => {
    expect(unsupportedNumbers('within 30 days, fine 5,000', ['due within 30 days'])).toEqual(['5000'])
    expect(unsupportedNumbers('24小时内', ['2024年'])).toEqual(['24'])
    expect(unsupportedNumbers('三个工作日', ['二十个工作日'])).toEqual(['三'])
  })

  it('says no number and no sentence beyond its facts, over all questions collected', () => {
    const lines = [...readQuestions(), ...readReworded(), ...readHardQuestions(), ...readFreshQuestions()]
    for (const { line, support } of evaluateQuestions(knowing, index, lines)) {
      expect(support.numbers, line.question).toEqual([])
      expect(support.sentences, line.question).toEqual([])
    }
  })

  it('would notice an invented sentence', () => {
    const result = asked('备案免费吗')
    const invented = { ...result, answer: `${result.answer}另需缴纳99元。` }
    expect(unsupported(book, vocabulary, invented, 'zh-CN').numbers).toEqual(['99'])
    expect(unsupported(book, vocabulary, invented, 'zh-CN').sentences).toEqual(['另需缴纳99元。'])
  })

  it('never cuts inside a sentence', () => {
    const text = 'First one. Second e.g. the small one; still second. ' + 'Third is long. '.repeat(40)
    expect(text.startsWith(shortened(text, 'en'))).toBe(true)
    expect(shortened(text, 'en').endsWith('.')).toBe(true)
  })
})

describe('the collected questions', () => {
  it('rest on facts that the rules hold', () => {
    for (const line of [
      ...readQuestions(),
      ...readReworded(),
      ...readHardQuestions(),
      ...readFreshQuestions(),
    ])
      for (const id of line.facts) expect(book.facts.has(id), `${line.id}: ${id}`).toBe(true)
  })

  it('find their fact in the tuning half at least nine times out of ten', () => {
    const results = evaluateQuestions(knowing, index, readQuestions()).filter(({ half }) => half === 'tuning')
    expect(results.filter(({ right }) => right).length / results.length).toBeGreaterThanOrEqual(0.9)
  })
})

it.each(BAD_INPUT.map((text) => [text.slice(0, 40), text]))('answers %j in kind', (_, text) => {
  const result = asked(text, 'en')
  expect(result.answer).not.toBe('')
  expect(unsupported(book, vocabulary, result, 'en')).toEqual({ numbers: [], sentences: [] })
})

it('reads no more of a question than its cap', () => {
  const long = `${'备'.repeat(QUESTION_CAP)}短信验证码多久有效`
  expect(asked(long).facts.map(({ id }) => id)).toEqual(
    asked(long.slice(0, QUESTION_CAP)).facts.map(({ id }) => id),
  )
})
