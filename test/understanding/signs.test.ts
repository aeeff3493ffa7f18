import { describe, expect, it } from 'vitest'
import { answerProblem } from '../../src/rules/answers.ts'
import { book, dialogs, lexicon, read } from './support.ts'

const several = (question: string) => book.keys.get(question)?.type === 'choices'
const answer = (value: string | string[]) => ({ kind: 'answer', value })

describe('phrases that name no option', () => {
  it.each([
    ['website.interactive', 'buyers rate the products', 'yes'],
    ['website.interactive', "guests can't write anything", 'no'],
    ['website.interactive', '留言功能砍掉了', 'no'],
    ['website.interactive', 'comments? no, switched off', 'no'],
    ['website.interactive', 'commenting is not open yet', 'no'],
    ['website.commercial', 'Nobody will be charged', 'no'],
    ['website.commercial', '用户要充会员才能看', 'yes'],
    ['order.open', '已经取消掉了', 'no'],
    ['order.open', 'there was, but it got approved in May', 'no'],
    ['order.open', '管局那里还压着一个', 'yes'],
    ['domain.access', '收到短信说接入被取消了', 'cancelled'],
    ['entity.websites', 'no all were cancelled', 'none-left'],
    ['leader.age', '我今年二十五了', 'adult'],
    ['leader.age', '刚满十七', '16-17'],
  ])('%s: %s', (question, text, value) => {
    expect(read(question, text)).toEqual(answer(value))
  })

  it('leaves what is only possible open', () => {
    expect(read('website.interactive', '以后可能会让用户评论').kind).not.toBe('none')
    expect(read('website.commercial', '前期免费，后期可能收费').kind).toBe('ambiguous')
  })

  it('stand for options that exist', () => {
    for (const [question, options] of Object.entries(lexicon.signs.signs)) {
      expect(dialogs.questions.has(question), question).toBe(true)
      for (const option of Object.keys(options))
        expect(
          answerProblem(book, question, several(question) ? [option] : option),
          `${question}: ${option}`,
        ).toBeUndefined()
    }
  })
})

describe('names too general to stand against another', () => {
  it.each([
    ['entity.kind', '日本公司在上海设的代表处', 'foreign-representative-office'],
    ['entity.kind', '民办培训学校', 'private-non-enterprise'],
    ['entity.changed', 'same company, new name', 'name'],
  ])('%s: %s', (question, text, value) => {
    expect(read(question, text)).toEqual(answer(value))
  })

  it('a school may be public or private: both are offered', () => {
    expect(read('entity.kind', '学校')).toMatchObject({
      kind: 'ambiguous',
      values: ['public-institution', 'private-non-enterprise'],
    })
  })

  it('"other" says nothing of how an entity was filed', () => {
    expect(read('entity.filing', 'other')).toEqual({ kind: 'none' })
  })
})

describe('several services at once', () => {
  it.each([
    ['dental clinic appointments', ['healthcare']],
    ['考研辅导加论坛', ['education', 'bulletin-board']],
    ['公司新闻', ['none']],
  ])('%s', (text, values) => {
    expect(read('website.services', text)).toEqual(answer(values))
  })

  it('a part of a list that fits nothing makes the whole unclear', () => {
    expect(read('website.services', 'news and betting')).toEqual({ kind: 'none' })
  })
})
