import { describe, expect, test } from 'vitest'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'
import { LIMITS, messageSchema, toSlack } from '../../../src/channels/slack/block-kit.ts'
import { fromSlackText } from '../../../src/channels/slack/slack-text.ts'

const card = (more: Partial<DeskCard> = {}): DeskCard => ({
  language: 'en',
  blocks: [],
  buttons: [],
  ...more,
})
const messages = (desk: DeskCard) =>
  toSlack({ channelData: { card: desk } }).map((payload) => messageSchema.parse(payload))

/** All text elements of rich text, in order, whatever they stand in. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const own = 'text' in value && typeof value.text === 'string' ? value.text : ''
  const below = 'elements' in value && Array.isArray(value.elements) ? value.elements.map(shown).join('') : ''
  return own + below
}

describe('a card', () => {
  test('is Block Kit with the buttons below and its text for notifications', () => {
    const [message, ...more] = messages(
      card({
        blocks: [
          { kind: 'heading', text: '**Case** 7K2M' },
          { kind: 'text', tone: 'warning', text: '两次未通过 [source](https://a.cn/b)' },
          { kind: 'summary', rows: [{ label: 'Province', value: '四川' }] },
          {
            kind: 'statements',
            items: [{ id: 'x', text: 'One site', sources: [{ label: 'MIIT, 2024', url: 'https://m.cn' }] }],
          },
          { kind: 'text', text: 'x', copy: { label: 'Code', text: '<a href="x">&</a>' } },
        ],
        buttons: [{ label: 'Claim', command: 'claim 7K2M', primary: true }],
      }),
    )
    expect(more).toEqual([])
    expect(message?.blocks?.map(({ type }) => type)).toEqual([
      ...Array<string>(5).fill('rich_text'),
      'actions',
    ])
    expect(JSON.stringify(message?.blocks)).toContain('{"type":"emoji","name":"warning"}')
    expect(JSON.stringify(message?.blocks)).toContain(
      '{"type":"link","url":"https://a.cn/b","text":"source"}',
    )
    expect(JSON.stringify(message?.blocks)).toContain('"rich_text_preformatted"')
    expect(message?.blocks?.at(-1)).toMatchObject({
      elements: [{ type: 'button', value: 'claim 7K2M', style: 'primary', text: { text: 'Claim' } }],
    })
    expect(message?.text).toContain('Case 7K2M')
    expect(message?.text).not.toContain('<')
  })

  test('shows what a person wrote character by character, and calls nobody', () => {
    const hostile = '<!channel> <@U1> *b* _i_ ~s~ `c` :smile: & <https://x.cn|bank>'
    const [message] = messages(card({ blocks: [{ kind: 'text', text: hostile }] }))
    // Rich text elements are not parsed; the notification text is escaped.
    expect(shown(message?.blocks?.[0])).toBe(hostile)
    const types = JSON.stringify(message?.blocks).match(/"type":"\w+"/g)
    expect(new Set(types)).toEqual(
      new Set(['"type":"rich_text"', '"type":"rich_text_section"', '"type":"text"']),
    )
    expect(message?.text).toContain('&lt;!channel&gt; &lt;@U1&gt;')
    expect(message?.text).not.toMatch(/[<>]/)
  })

  test.each([
    ['one endless line', '字'.repeat(30_000)],
    ['many lines', Array.from({ length: 900 }, (_, at) => `- line ${at} "quoted"`).join('\n')],
    ['quotes alone', '"'.repeat(30_000)],
  ])('of %s is cut into messages Slack takes, and nothing is left out', (_name, text) => {
    const all = messages(
      card({ blocks: [{ kind: 'text', text }], buttons: [{ label: 'Next', command: 'next' }] }),
    )
    expect(all.length).toBeGreaterThan(1)
    for (const { text: summary, blocks = [] } of all) {
      expect(JSON.stringify(blocks).length).toBeLessThan(13_200)
      expect(blocks.length).toBeLessThanOrEqual(50)
      expect(summary).not.toBe('')
    }
    const plain = (value: string) => value.replaceAll(/[\s•-]/g, '')
    expect(plain(all.flatMap(({ blocks = [] }) => blocks.map(shown)).join(''))).toBe(plain(text))
    expect(all.flatMap(({ blocks = [] }) => blocks.filter(({ type }) => type === 'actions'))).toHaveLength(1)
    expect(all.at(-1)?.blocks?.at(-1)?.type).toBe('actions')
  })

  test('with more and longer buttons than Slack takes leaves out what can be typed', () => {
    const buttons = [
      { label: 'x'.repeat(90), command: 'long label' },
      { label: 'too long', command: 'c'.repeat(2_001) },
      ...Array.from({ length: 30 }, (_, at) => ({ label: `B${at}`, command: `b ${at}` })),
    ]
    const [message] = messages(card({ blocks: [{ kind: 'text', text: 'x' }], buttons }))
    const rows = message?.blocks?.filter(({ type }) => type === 'actions') ?? []
    const all = rows.flatMap(({ elements }) => elements as { text: { text: string }; action_id: string }[])
    expect(rows).toHaveLength(5)
    expect(all).toHaveLength(25)
    expect(new Set(all.map(({ action_id: id }) => id)).size).toBe(25)
    for (const { text } of all) expect(text.text.length).toBeLessThanOrEqual(75)
  })
})

test('a text alone is cut and escaped; nothing is not sent', () => {
  expect(toSlack({ text: ' ' })).toEqual([])
  const parts = toSlack({ text: '<'.repeat(LIMITS.length + 5) }).map((part) => messageSchema.parse(part).text)
  expect(parts).toHaveLength(2)
  expect(parts.join('')).toBe('&lt;'.repeat(LIMITS.length + 5))
})

test.each([
  ['<@UBOT> rule 四川', 'rule 四川'],
  ['<@UBOT|bot>: hi', ': hi'],
  ['see <https://a.cn/?a=1&amp;b=2|a.cn> and <https://b.cn>', 'see a.cn and https://b.cn'],
  ['&lt;@UBOT&gt; &amp;lt;', '<@UBOT> &lt;'],
])('%j is read as %j', (from, to) => {
  expect(fromSlackText(from, 'UBOT')).toBe(to)
})
