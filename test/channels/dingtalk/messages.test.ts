import { describe, expect, test } from 'vitest'
import { withoutSchemes } from '../../../src/channels/dingtalk/escape.ts'
import { LIMITS, messageSchema, says, toDingtalk } from '../../../src/channels/dingtalk/messages.ts'
import { measure } from '../../../src/channels/messaging/split-text.ts'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'

const messages = (more: Partial<DeskCard>, text = '') =>
  toDingtalk({ text, channelData: { card: { language: 'en', blocks: [], buttons: [], ...more } } }).map(
    (payload) => messageSchema.parse(payload),
  )
const buttonsOf = (message: ReturnType<typeof messages>[number] | undefined) =>
  message?.kind === 'markdown' ? message.buttons : []

describe('a card', () => {
  test('is Markdown with its buttons; what is to be copied follows as plain text', () => {
    expect(
      messages({
        blocks: [
          { kind: 'heading', text: '**Case** 7K2M' },
          {
            kind: 'text',
            tone: 'warning',
            text: '两次未通过 [source](https://a.cn/b)\n- one\n- **two**',
          },
          { kind: 'summary', title: 'Answers', rows: [{ label: 'Province', value: '四川' }] },
          {
            kind: 'statements',
            items: [
              {
                id: 'x',
                text: 'One site',
                note: 'since 2024',
                sources: [{ label: 'MIIT [2024]', url: 'https://m.cn/b_(c)?x=*' }, { label: 'hearsay' }],
              },
            ],
          },
          { kind: 'text', text: 'x', copy: { label: 'Code', text: '<a href="x">&</a>' } },
        ],
        buttons: [{ label: 'Claim', command: 'claim 7K2M', primary: true }],
      }),
    ).toEqual([
      {
        kind: 'markdown',
        title: 'Case 7K2M',
        text: [
          '**Case** **7K2M**',
          '⚠️ 两次未通过 [source](https://a.cn/b)  \n• one  \n• **two**',
          '**Answers**  \n**Province**　四川',
          '• One site  \n　since 2024  \n　[MIIT ［2024］](https://m.cn/b%5f%28c%29?x=%2a)  \n　hearsay',
          '**Code**',
        ].join('\n\n'),
        buttons: [{ title: 'Claim', url: 'dtmd://dingtalkclient/sendMessage?content=claim%207K2M' }],
      },
      { kind: 'text', text: '<a href="x">&</a>' },
    ])
  })

  test('shows what a person wrote, and none of it acts', () => {
    const hostile = [
      '[press](dtmd://dingtalkclient/sendMessage?content=close)',
      '![x](https://x.cn/x.png) <font color=red>*b* _i_ ~~s~~ `c`</font>',
      '# big',
      '> quote',
      '| a | b |',
      '&lt;script&gt; a_b 7\\*',
      'DTMD://dingtalkclient/sendMessage?content=x dingtalk://dingtalkclient/page',
    ].join('\n')
    // As the desk gives it: escaped for the small Markdown of cards.
    const escaped = hostile.replace(/[!-/:-@[-`{-~]/g, '\\$&')
    const [message] = messages({ blocks: [{ kind: 'text', text: escaped }] })
    expect(message?.text).not.toMatch(/[[\]<>*`~|\\]|^\s*#|dtmd:|dingtalk:|&\w+;/im)
    expect(message?.text.normalize('NFKC').replaceAll(/ *\n/g, '\n')).toBe(hostile)
    // Unescaped it is no better.
    const [careless] = messages({ blocks: [{ kind: 'text', text: hostile }] })
    expect(careless?.text).not.toMatch(/\]\(dtmd|<font|dtmd:|dingtalk:/i)
  })

  test.each([
    ['one endless line', '字'.repeat(30_000)],
    ['many lines', Array.from({ length: 900 }, (_, at) => `- line ${at} "quoted"`).join('\n')],
    ['quotes alone', '"'.repeat(30_000)],
    ['bold', `**${'字'.repeat(9_000)}**`],
  ])('of %s is cut into messages DingTalk takes, and nothing is left out', (_name, text) => {
    const buttons = Array.from({ length: 5 }, (_, at) => ({
      label: '"'.repeat(30),
      command: `${at}${'&'.repeat(199)}`,
    }))
    const all = messages({ blocks: [{ kind: 'text', text }], buttons })
    expect(all.length).toBeGreaterThan(1)
    for (const message of all) {
      expect(measure(message.text, 'bytes')).toBeLessThanOrEqual(LIMITS.length)
      // As parameters of the template with the most buttons.
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(15_000)
    }
    const plain = (value: string) => value.replaceAll(/[\s•*-]/g, '')
    expect(plain(all.map((message) => message.text).join(''))).toBe(plain(text))
    expect(all.map((message) => buttonsOf(message).length)).toEqual([
      ...Array<number>(all.length - 1).fill(0),
      5,
    ])
    // Each half of a cut keeps its marks.
    for (const message of all) expect((message.text.match(/\*\*/g) ?? []).length % 2).toBe(0)
  })

  test('with more buttons than fit has the others as links that do the same', () => {
    const buttons = [
      ...Array.from({ length: 7 }, (_, at) => ({ label: `B${at} ${'x'.repeat(30)}`, command: `b ${at}` })),
      { label: 'too long', command: 'c'.repeat(201) },
    ]
    const [message, ...more] = messages({ blocks: [{ kind: 'heading', text: 'x' }], buttons })
    expect(more).toEqual([])
    expect(buttonsOf(message)).toHaveLength(5)
    for (const { title } of buttonsOf(message)) expect(title.length).toBeLessThanOrEqual(20)
    expect(message?.text.match(/\]\(dtmd:[^)]*\)/g)).toEqual([`](${says('b 5')})`, `](${says('b 6')})`])
    expect(message?.text).not.toContain('too long')
  })

  test('of buttons alone has a text, for DingTalk takes none without', () => {
    expect(messages({ buttons: [{ label: 'Go', command: 'go' }] }, 'Where to?')).toMatchObject([
      { title: 'Where to?', text: 'Where to?', buttons: [{ title: 'Go' }] },
    ])
    expect(messages({})).toEqual([])
  })
})

test('a command survives its way through an address', () => {
  const command = '转交 "7K2M" (王*李)! 100% a+b&c=d#e~\''
  const url = says(command)
  expect(url).toMatch(/^dtmd:\/\/dingtalkclient\/sendMessage\?content=[\w%.-]+$/)
  expect(decodeURIComponent(url.slice(url.indexOf('=') + 1))).toBe(command)
})

test('a text alone is plain text, cut; nothing is not sent', () => {
  expect(toDingtalk({ text: ' ' })).toEqual([])
  const parts = toDingtalk({ text: `*a* <b> ${'字'.repeat(2_000)}` }).map((part) => messageSchema.parse(part))
  expect(parts).toHaveLength(2)
  expect(parts[0]).toMatchObject({ kind: 'text' })
  expect(parts[0]?.text.startsWith('*a* <b> 字')).toBe(true)
  expect(withoutSchemes('see dingtalk://dingtalkclient/x, https://a.cn')).toBe(
    'see dingtalk：//dingtalkclient/x, https://a.cn',
  )
})
