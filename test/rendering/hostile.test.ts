import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/language.ts'
import { adaptiveCards, CARD_LIMIT, CARDS_LIMIT } from '../../src/rendering/channel/card/adaptive-card.ts'
import { weigh } from '../../src/rendering/channel/card/elements.ts'
import { capabilitiesOf } from '../../src/rendering/channel/capabilities.ts'
import { plainText } from '../../src/rendering/channel/plain-text.ts'
import { toActivity } from '../../src/rendering/channel/to-activity.ts'
import type { Input, Message } from '../../src/rendering/message.ts'
import { elementsOf, ofType, wordsIn } from './support.ts'

const EVIL = [
  '[click](https://example.com)',
  '![x](https://example.com/x.png)',
  '[click][1]\n\n[1]: https://example.com',
  '<https://example.com>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](https://user:password@example.com)',
  '# heading',
  '1. item',
  '> quote',
  '`code` _i_ ~~s~~ **b**',
  '${name} {{DATE(2020-01-01)}}',
  '"}],"body":[{"type":"Image","url":"https://example.com"}]',
  '\u001b[2J\u0007',
  '\ud800',
  '‮ right to left',
]
/** As the bot escapes what a person wrote, and as it would look if that were forgotten in a plain field. */
const escaped = (text: string) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&')
const question: Input = {
  kind: 'choices',
  question: 'website.services',
  version: 1,
  label: 'Which?',
  options: [{ value: 'a', label: 'A' }],
  submit: 'Send',
}

describe.each(EVIL)('a person who writes %j', (evil) => {
  const message: Message = {
    language: 'en',
    blocks: [
      { kind: 'heading', text: escaped(evil) },
      { kind: 'text', text: escaped(evil), tone: 'notice' },
      {
        kind: 'statements',
        title: escaped(evil),
        items: [{ id: 'x', text: escaped(evil), note: escaped(evil), sources: [{ label: evil, url: evil }] }],
      },
      { kind: 'summary', rows: [{ label: 'Name', value: escaped(evil) }] },
    ],
    input: { ...question, label: escaped(evil), options: [{ value: 'a', label: evil, hint: evil }] },
    actions: [{ label: evil, payload: { kind: 'command', command: 'back' } }],
  }
  const cards = adaptiveCards(message, wordsIn('en')) ?? []

  it('makes no link, picture or button', () => {
    expect(ofType(cards, 'Action.OpenUrl')).toEqual([])
    expect(ofType(cards, 'Image')).toEqual([])
    expect(ofType(cards, 'Action.Submit')).toHaveLength(2)
    expect(cards.map(({ body }) => body.length > 0)).toEqual([true])
  })

  it('is text where hosts read none as Markdown, and nowhere else', () => {
    for (const { text } of ofType(cards, 'TextBlock'))
      expect(text).not.toMatch(/[[\]<>`*_~#\\{}!|]|^\s*(\d+\.|[-+>])/)
    const titles = elementsOf(cards).flatMap(({ title }) => (typeof title === 'string' ? [title] : []))
    for (const title of titles) expect(title).not.toMatch(/\]\(|\]\[|\]:|\p{Cc}/u)
  })

  it('does not reach a terminal as a command', () => {
    const { blocks } = message
    expect(plainText({ language: 'en', blocks: blocks.slice(0, 2) }, wordsIn('en'))).not.toMatch(
      /(?!\n)\p{Cc}/u,
    )
  })
})

describe('what is far too long', () => {
  const long = fc
    .constantFrom('很', 'x', '"', '\\\\', '\u0001', '\ud800', '😀')
    .map((text) => text.repeat(20_000))
  const lines = fc.constantFrom('很\n', 'x\n\n', '- "\n').map((text) => text.repeat(3_000))
  const huge = fc.oneof(long, lines)

  it('stays below the limits, or is said as text', () => {
    fc.assert(
      fc.property(huge, huge, fc.constantFrom(...LANGUAGES), (one, other, language) => {
        const source = { label: other, url: `https://example.com/${'a'.repeat(900)}` }
        const statement = {
          id: 'x',
          text: one,
          note: other,
          confidence: one,
          sources: Array(20).fill(source),
        }
        const message: Message = {
          language,
          blocks: [
            { kind: 'heading', text: one },
            { kind: 'text', text: other, tone: 'warning' },
            { kind: 'statements', title: one, items: [statement, statement, statement] },
            { kind: 'statements', title: other, folded: true, items: [statement, statement] },
            { kind: 'summary', title: one, rows: [{ label: other, value: one }] },
          ],
          input: question,
        }
        const cards = adaptiveCards(message, wordsIn(language)) ?? []
        expect(cards.length).toBeGreaterThan(0)
        for (const card of cards) expect(weigh(card)).toBeLessThanOrEqual(CARD_LIMIT)
        expect(weigh(cards)).toBeLessThanOrEqual(CARDS_LIMIT + 1_000)
        expect(ofType(cards, 'Input.ChoiceSet')).toHaveLength(1)
        expect(
          weigh(toActivity(message, capabilitiesOf({ channelId: 'msteams' }), wordsIn(language))),
        ).toBeLessThan(80_000)
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  it('a question with more options than a card holds is asked in text', () => {
    const options = Array.from({ length: 200 }, (_, at) => ({
      value: `v${at}`,
      label: `${'很'.repeat(90)}${at}`,
    }))
    const message: Message = {
      language: 'zh-CN',
      blocks: [],
      input: { ...question, kind: 'select', options },
    }
    expect(adaptiveCards(message, wordsIn('zh-CN'))).toBeUndefined()
    const activity = toActivity(message, capabilitiesOf({ channelId: 'msteams' }), wordsIn('zh-CN'))
    expect(activity.attachments).toBeUndefined()
    expect(activity.text).toContain(`200. ${'很'.repeat(90)}199`)
  })
})
