import { describe, expect, it } from 'vitest'
import { dialogs, lexicon, read, book, BAD_INPUT } from './support.ts'
import { readAnswer } from '../../src/understanding/answer.ts'
import { readPolarity } from '../../src/understanding/polarity.ts'
import { evaluateAnswers } from '../../tools/eval/answers.ts'
import { halfOf, readAnswers } from '../../tools/eval/corpus.ts'
import { answerProblem } from '../../src/rules/answers.ts'

const answer = (value: string | string[]) => ({ kind: 'answer', value })
const none = { kind: 'none' }

describe('yes, no and not sure', () => {
  it.each([
    ['否', 'no'],
    ['没有', 'no'],
    ['还没', 'no'],
    ['不需要', 'no'],
    ['不要', 'no'],
    ['一单都没有', 'no'],
    ['之前有，现在没了', 'no'],
    ['not really', 'no'],
    ['nope', 'no'],
    ["they won't", 'no'],
    ["there isn't one", 'no'],
    ['有', 'yes'],
    ['要', 'yes'],
    ['嗯', 'yes'],
    ['嗯嗯嗯嗯', 'yes'],
    ['不是没有', 'yes'],
    ['没问题', 'yes'],
    ['yep', 'yes'],
    ['no problem', 'yes'],
    ['yes, there is one', 'yes'],
    ['不知道', 'unsure'],
    ['可能有吧', 'unsure'],
    ['no idea', 'unsure'],
    ["I don't know", 'unsure'],
  ])('%s is %s', (text, polarity) => {
    expect(readPolarity(lexicon, text)).toBe(polarity)
  })

  it.each([
    'I have no internet',
    "it doesn't work",
    "I don't understand",
    '有没有',
    '好的，怎么办理',
    '会，不会',
    '浙江',
    'yes and no',
  ])('%s is none of them', (text) => {
    expect(readPolarity(lexicon, text)).toBeUndefined()
  })

  it('offers what a bare yes leaves open', () => {
    expect(read('entity.filing', '有')).toEqual({ kind: 'ambiguous', values: ['alibaba-cloud', 'elsewhere'] })
  })

  it('never takes a counted thing for the number of an option', () => {
    expect(read('entity.websites', '还有2个')).toEqual(answer('some'))
    expect(read('order.open', 'there is one')).toEqual(answer('yes'))
  })
})

describe('options', () => {
  it.each([
    ['entity.kind', '2', 'individual'],
    ['entity.kind', '第二个吧', 'individual'],
    ['entity.kind', '选B', 'individual'],
    ['entity.kind', 'the second one', 'individual'],
    ['entity.kind', '我觉得是个人吧', 'individual'],
    ['entity.kind', 'I think it is a company', 'enterprise'],
    ['entity.kind', '不是个人，是公司', 'enterprise'],
    ['entity.kind', 'individal', 'individual'],
    ['entity.kind', '個體工商戶', 'sole-proprietor'],
    ['entity.kind', 'ＣＯＭＰＡＮＹ', 'enterprise'],
    ['server.provider', '不是阿里云', 'other'],
    ['server.region', '不在国内', 'outside-mainland'],
    ['website.interactive', '评论区关着', 'no'],
    ['website.commercial', '不收费', 'no'],
    ['domain.filing', '还没来得及备案', 'none'],
  ])('%s: %s', (question, text, value) => {
    expect(read(question, text)).toEqual(answer(value))
  })

  it.each([
    ['news and film, no forum', ['news', 'film']],
    ['2和3', ['news', 'publishing']],
    ['都没有', ['none']],
    ['有新闻，没有论坛', ['news']],
  ])('several: %s', (text, values) => {
    expect(read('website.services', text)).toEqual(answer(values))
  })

  it('takes no half of an answer with an unknown part', () => {
    expect(read('website.services', '新闻和区块链交易所')).toEqual(none)
    expect(read('website.services', '1和3')).toMatchObject({ kind: 'ambiguous' })
  })
})

describe('regions', () => {
  it.each([
    ['浙江', 'CN-ZJ'],
    ['杭州', 'CN-ZJ'],
    ['ZJ', 'CN-ZJ'],
    ['Nei Mongol', 'CN-NM'],
    ['Canton', 'CN-GD'],
    ['Peking', 'CN-BJ'],
    ['陕西', 'CN-SN'],
    ['山西', 'CN-SX'],
    ['Shaanxi', 'CN-SN'],
    ['Shanxi', 'CN-SX'],
    ['Suzhou, Jiangsu', 'CN-JS'],
    ['不是山西，是陕西', 'CN-SN'],
  ])('%s', (text, region) => {
    expect(read('entity.province', text)).toEqual(answer(region))
  })

  it.each([
    ['sx', ['CN-SN', 'CN-SX']],
    ['Shannxi', ['CN-SN', 'CN-SX']],
    ['Suzhou', ['CN-AH', 'CN-JS']],
  ])('offers the readings of %s', (text, regions) => {
    const reading = read('entity.province', text)
    expect(reading.kind === 'ambiguous' && reading.values.toSorted()).toEqual(regions)
  })

  it('knows a name for every region and no city of a region that is unknown', () => {
    expect(Object.keys(lexicon.places).toSorted()).toEqual([...book.provinces.keys()].toSorted())
  })
})

it('names in the synonyms only questions and options that exist', () => {
  for (const [question, options] of Object.entries(lexicon.synonyms))
    for (const option of Object.keys(options)) {
      const value = book.keys.get(question)?.type === 'choices' ? [option] : option
      expect(answerProblem(book, question, value), `${question}: ${option}`).toBeUndefined()
    }
  for (const { question, value } of lexicon.mentions.mentions)
    if (value !== 'place')
      expect(answerProblem(book, question, value), `${question}: ${value}`).toBeUndefined()
})

it('reads every line of the tuning half right and none of any half with the wrong polarity', () => {
  const results = evaluateAnswers({ book, dialogs, lexicon }, readAnswers())
  expect(results.filter(({ wrongPolarity }) => wrongPolarity).map(({ line }) => line.text)).toEqual([])
  const missed = results.filter(({ line, right }) => halfOf(line.id) === 'tuning' && !right)
  expect(missed.map(({ line }) => line.text)).toEqual([])
})

it.each(BAD_INPUT.map((text) => [text.slice(0, 40), text]))('takes no answer out of %j', (_, text) => {
  for (const question of dialogs.questions.values()) {
    const reading = readAnswer(book, lexicon, question, text)
    if (reading.kind !== 'answer') continue
    const value: unknown = reading.value
    expect(value === 'unsure' || !answerProblem(book, question.id, value)).toBe(true)
  }
})
