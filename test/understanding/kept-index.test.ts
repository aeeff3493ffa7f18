import { describe, expect, it } from 'vitest'
import { buildAskIndex } from '../../src/understanding/ask/index.ts'
import { book, index, vocabulary } from './support.ts'

const QUESTIONS = ['备案要多少天', 'who can be the leader', '浙江需要居住证吗', 'sms verification']

describe('the index kept for the next start', () => {
  it('finds as one that was built just now, after it went through a file', () => {
    let kept = ''
    buildAskIndex(book, vocabulary, (_, build) => {
      kept = JSON.stringify(build())
      return JSON.parse(kept)
    })
    const again = buildAskIndex(book, vocabulary, () => JSON.parse(kept))
    for (const question of QUESTIONS) {
      expect(index.find(question).length).toBeGreaterThan(0)
      expect(again.find(question)).toEqual(index.find(question))
      for (const token of index.tokenise(question).words)
        expect(again.rarity(token)).toBe(index.rarity(token))
    }
  })

  it('goes by another name where the facts or the words are others', () => {
    const nameFor = (words: typeof vocabulary): string => {
      let name = ''
      buildAskIndex(book, words, (from, build) => {
        name = from
        return build()
      })
      return name
    }
    const [word = ''] = vocabulary.stop
    expect(nameFor(vocabulary)).toBe(nameFor({ ...vocabulary }))
    expect(nameFor({ ...vocabulary, stop: [word] })).not.toBe(nameFor(vocabulary))
  })
})
