import { describe, expect, it } from 'vitest'
import { answerProblem } from '../../src/rules/answers.ts'
import { book, lexicon, read } from './support.ts'

const answer = (value: string) => ({ kind: 'answer', value })

describe('spans of time', () => {
  it.each([
    ['expires in about 5 weeks', '1-to-2-months'],
    ['还有8 months', '6-months-or-more'],
    ['还有三年', '6-months-or-more'],
    ['ten days left', 'under-1-month'],
    ['还剩小半年', '3-to-5-months'],
  ])('%s', (text, value) => {
    expect(read('server.months-left', text)).toEqual(answer(value))
  })

  it.each(['30 days', 'more than 5 weeks', 'bought 12 months, 2 months left'])(
    '%s is asked again',
    (text) => {
      expect(read('server.months-left', text).kind).not.toBe('answer')
    },
  )

  it('stand for options that exist', () => {
    for (const [question, bands] of Object.entries(lexicon.signs.spans))
      for (const value of Object.keys(bands))
        expect(answerProblem(book, question, value), `${question}: ${value}`).toBeUndefined()
  })
})

describe('how it was and how it is', () => {
  it.each([
    ['server.region', '之前放香港的，备案嘛就换到深圳了', 'mainland'],
    ['server.region', 'used to be in Shanghai but now in Tokyo', 'outside-mainland'],
    ['website.commercial', '以前收费，现在免费', 'no'],
    ['website.commercial', '以前免费，现在收费', 'yes'],
    ['website.interactive', '以前能评论，现在关了', 'no'],
  ])('%s: %s', (question, text, value) => {
    expect(read(question, text)).toEqual(answer(value))
  })

  it('guesses nothing from what no longer is', () => {
    expect(read('entity.filing', '之前在腾讯云备过，阿里云没有')).not.toEqual(answer('alibaba-cloud'))
  })
})

describe('what is yet to come', () => {
  it.each([
    ['下个月满十八', '16-17'],
    ['去年满了十八', 'adult'],
  ])('%s', (text, value) => {
    expect(read('leader.age', text)).toEqual(answer(value))
  })

  it('eighteen in two years is no eighteen', () => {
    expect(read('leader.age', 'I will be 18 in two years').kind).not.toBe('answer')
  })
})

describe('said twice, and asked back', () => {
  it('没有没有 is a no, 有没有 is none', () => {
    expect(read('order.open', '没有没有')).toEqual(answer('no'))
    expect(read('order.open', '有没有').kind).toBe('none')
  })
})

describe('whose company', () => {
  it.each(['another company owns it', '在别的公司名下'])('%s is not ours', (text) => {
    expect(read('domain.holder', text)).not.toEqual(answer('entity'))
  })
})
