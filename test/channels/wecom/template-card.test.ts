import { describe, expect, test } from 'vitest'
import { TokenBuckets } from '../../../src/channels/messaging/token-bucket.ts'
import { readXml } from '../../../src/channels/wecom/callback-xml.ts'
import { inert } from '../../../src/channels/wecom/markdown.ts'
import { Repeats } from '../../../src/channels/wecom/repeats.ts'
import { APP_LIMITS, BOT_LIMITS, messageSchema, toWecom } from '../../../src/channels/wecom/template-card.ts'
import { escapeMarkdown } from '../../../src/rendering/compose/context.ts'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'
import { said } from './support.ts'

const card = (more: Partial<DeskCard> = {}): DeskCard => ({
  language: 'en',
  blocks: [],
  buttons: [],
  ...more,
})
const messages = (desk: DeskCard, text = '', limits = APP_LIMITS) =>
  toWecom({ text, channelData: { card: desk } }, limits).map((payload) => messageSchema.parse(payload))
const texts = (desk: DeskCard, text = '') =>
  messages(desk, text).map((message) => said(message as Parameters<typeof said>[0]))

describe('a card', () => {
  test('is Markdown, with its buttons in a template card below', () => {
    const desk = card({
      blocks: [
        { kind: 'heading', text: '**Case** 7K2M' },
        {
          kind: 'text',
          tone: 'warning',
          text: '两次未通过 [source](https://a.cn/b\\) and **twice **!\n\n- item',
        },
        { kind: 'summary', title: 'State', rows: [{ label: 'Province', value: '四川' }] },
        {
          kind: 'statements',
          items: [
            {
              ...{ id: 'x', text: 'One site', note: 'since 2024', confidence: 'Less certain' },
              sources: [{ label: 'MIIT [2024]', url: 'https://m.cn/(1)' }, { label: 'A book' }],
            },
          ],
        },
        { kind: 'text', text: 'x', copy: { label: 'Code', text: '<a href="x">&`</a>\n\n<@all>' } },
      ],
      buttons: [{ label: 'Claim', command: 'claim 7K2M', primary: true }],
    })
    expect(texts(desk)).toEqual([
      [
        '**Case 7K2M**',
        '⚠️ 两次未通过 ［source］(https://a.cn/b) and **twice** !',
        '',
        '• item',
        '',
        '**State**',
        '**Province**  四川',
        '• One site',
        '　since 2024',
        '　Less certain',
        '　[MIIT ［2024］](https://m.cn/%281%29)',
        '　A book',
        'Code',
        '`<a href="x">&｀</a>`',
        '`＜@all>`',
      ].join('\n'),
      '[Case 7K2M] Claim=claim 7K2M',
    ])
  })

  test.each([
    ['one endless line', '字'.repeat(9_000)],
    ['an endless line of emphasis', `**${'bold '.repeat(2_000)}**`],
    ['many lines', Array.from({ length: 600 }, (_, at) => `- line ${at} "quoted"`).join('\n')],
    ['look-alikes alone', escapeMarkdown('<'.repeat(3_000))],
  ])('of %s is cut into messages WeCom takes, and nothing is left out', (_name, text) => {
    for (const limits of [APP_LIMITS, BOT_LIMITS]) {
      const all = messages(
        card({ blocks: [{ kind: 'text', text }], buttons: [{ label: 'Next', command: 'next' }] }),
        '',
        limits,
      )
      const contents = all.flatMap((one) => (one.msgtype === 'markdown' ? [one.markdown.content] : []))
      expect(contents.length).toBeGreaterThan(1)
      for (const content of contents) expect(Buffer.byteLength(content)).toBeLessThanOrEqual(limits.length)
      const plain = (value: string) => value.replaceAll(/[\s•*\\-]/g, '').replaceAll('＜', '<')
      expect(plain(contents.join(''))).toBe(plain(text))
      expect(all.map(({ msgtype }) => msgtype).lastIndexOf('template_card')).toBe(contents.length)
      expect(all).toHaveLength(contents.length + 1)
    }
  })

  test('with more and longer buttons than WeCom takes leaves out what can be typed', () => {
    const buttons = [
      { label: 'x'.repeat(90), command: 'long label' },
      { label: 'again', command: 'long label' },
      { label: 'too long', command: '字'.repeat(342) },
      ...Array.from({ length: 30 }, (_, at) => ({ label: `B${at}`, command: `b ${at}` })),
    ]
    const cards = messages(card({ buttons }), 'in *words*').flatMap((one) =>
      one.msgtype === 'template_card' ? [one.template_card] : [],
    )
    const lists = cards.map((one) => one['button_list'] as { text: string; key: string }[])
    expect(lists.map((list) => list.length)).toEqual([6, 6, 6])
    const keys = lists.flat().map(({ key }) => key)
    expect(new Set(keys).size).toBe(18)
    expect(keys).not.toContain('字'.repeat(342))
    for (const { text } of lists.flat()) expect(text.length).toBeLessThanOrEqual(20)
    for (const one of cards) expect(one['main_title']).toEqual({ title: 'in ＊words＊' })
  })
})

test('a text alone is cut and made inert; nothing is not sent', () => {
  expect(toWecom({ text: ' ' }, APP_LIMITS)).toEqual([])
  const [one, ...more] = toWecom({ text: ' # a\n\n<@all> [b](http://c) ' }, APP_LIMITS)
  expect(one).toEqual({ msgtype: 'markdown', markdown: { content: '＃ a\n\n＜@all> ［b］(http://c)' } })
  expect(more).toEqual([])
})

test.each([
  ['**bold** _it_ ~~no~~ `code`', '＊＊bold＊＊ ＿it＿ ～～no～～ ｀code｀'],
  ['<@all> <font color="warning">x</font>', '＜@all> ＜font color="warning">x＜/font>'],
  ['[bank](https://x.cn) ![i](u)', '［bank］(https://x.cn) !［i］(u)'],
  ['&lt;@all&gt; &#42; A&B', '＆lt;@all＆gt; ＆#42; A&B'],
  ['# one', '＃ one'],
  ['> one', '＞ one'],
  ['--- -', '－-- -'],
  ['=== ', '＝== '],
  ['\\*', '＼＊'],
  ['snake_case a~b 5 * 3 = 15', 'snake_case a~b 5 ＊ 3 = 15'],
])('%j cannot act: %j', (text, shown) => {
  expect(inert(text)).toBe(shown)
  // What a person wrote reaches a card escaped once, and is read as it was.
  const [message] = messages(card({ blocks: [{ kind: 'text', text: escapeMarkdown(text) }] }))
  expect(message).toMatchObject({ markdown: { content: shown.trim() } })
})

test('the pace stays below 30 in any minute and 1,000 in any hour', () => {
  const buckets = new TokenBuckets(APP_LIMITS)
  const sent: number[] = []
  for (let now = 0; now < 3 * 3_600_000; now += 500) if (buckets.take('chat', now).ok) sent.push(now)
  const most = (span: number) =>
    Math.max(...sent.map((from, at) => sent.filter((to, other) => other >= at && to < from + span).length))
  expect(most(60_000)).toBeLessThanOrEqual(30)
  expect(most(3_600_000)).toBeLessThanOrEqual(1_000)
  expect(sent.length).toBeGreaterThan(2_500)
})

test('a message sent again is told from one that says the same', () => {
  let now = 0
  const repeats = new Repeats(() => new Date(now))
  expect(repeats.isRepeated('c', 'ok', '1')).toBe(false)
  expect(repeats.isRepeated('c', 'ok', '1')).toBe(false)
  expect(repeats.isRepeated('c', 'ok', '2')).toBe(true)
  expect(repeats.isRepeated('d', 'ok', '3')).toBe(false)
  now = 600_001
  expect(repeats.isRepeated('c', 'ok', '4')).toBe(false)
})

test('XML is read without entities and types', () => {
  expect(
    readXml('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>'),
  ).toBeUndefined()
  expect(readXml('<xml><A>&amp;&lol;</A></xml>')).toEqual({ A: '&amp;&lol;' })
  expect(readXml('<xml><A><![CDATA[<!DOCTYPE html> 1 < 2]]></A></xml>')).toEqual({
    A: '<!DOCTYPE html> 1 < 2',
  })
  expect(readXml('<xml><A>1</A><A>2</A></xml>')).toEqual({ A: ['1', '2'] })
  for (const text of ['', 'x', '<', '<xml', '<a/>', '<xml/>', '<xml><__proto__>1</__proto__></xml>'])
    expect(readXml(text)).toBeUndefined()
})
