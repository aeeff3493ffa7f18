import { describe, expect, test } from 'vitest'
import { LIMITS, payloadSchema, toFeishu } from '../../../src/channels/feishu/card.ts'
import { toMarkdown } from '../../../src/channels/feishu/markdown.ts'
import { toMessage } from '../../../src/channels/feishu/message.ts'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'

const card = (more: Partial<DeskCard> = {}): DeskCard => ({
  language: 'en',
  blocks: [],
  buttons: [],
  ...more,
})
type Element = { tag: string; content?: string; text?: { content: string }; columns?: unknown }
const messages = (desk: DeskCard, thread?: string) =>
  toFeishu({ text: 'fallback', channelData: { card: desk } }).map((payload) => {
    const { msg_type: type, content } = toMessage(payloadSchema.parse(payload), thread)
    const body = JSON.parse(content) as {
      schema: string
      config: { summary: { content: string }; enable_forward: boolean }
      body: { elements: Element[] }
    }
    return { type, content, ...body }
  })
/** As a reader sees it: entities become what they stand for. */
const read = (markdown: string) =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
const shown = (elements: readonly Element[]) =>
  elements.map(({ content, text }) => read(content ?? '') + (text?.content ?? '')).join('\n')

describe('a card', () => {
  test('is JSON 2.0 with its buttons below, which carry command and thread', () => {
    const [message, ...more] = messages(
      card({
        blocks: [
          { kind: 'heading', text: 'Case 7K2M' },
          { kind: 'text', tone: 'warning', text: '两次未通过 [source](https://a.cn/b_(c))' },
          { kind: 'summary', rows: [{ label: 'Province', value: '四川' }] },
          {
            kind: 'statements',
            items: [{ id: 'x', text: 'One site', sources: [{ label: 'MIIT, 2024', url: 'https://m.cn' }] }],
          },
          { kind: 'text', text: 'x', copy: { label: 'Code', text: '<a href="x">&**b**</a>' } },
        ],
        buttons: [
          { label: 'Claim', command: 'claim 7K2M', primary: true },
          { label: 'Later', command: 'later' },
        ],
      }),
      'om_root',
    )
    expect(more).toEqual([])
    expect(message).toMatchObject({
      type: 'interactive',
      schema: '2.0',
      config: { enable_forward: false, summary: { content: expect.stringContaining('Case 7K2M') as string } },
    })
    const elements = message?.body.elements ?? []
    expect(elements.map(({ tag }) => tag)).toEqual(['markdown', 'div', 'column_set'])
    expect(elements[0]?.content).toContain('**Case 7K2M**\n⚠️ 两次未通过 [source](https://a.cn/b_')
    expect(elements[0]?.content).toContain('**Province**&nbsp;&nbsp;四川')
    expect(elements[0]?.content).toContain('[MIIT&#44; 2024](https://m.cn)')
    expect(elements[1]?.text).toEqual({ tag: 'plain_text', content: '<a href="x">&**b**</a>' })
    expect(JSON.stringify(elements[2])).toContain(
      '{"tag":"button","type":"primary","text":{"tag":"plain_text","content":"Claim"},"behaviors":[{"type":"callback","value":{"command":"claim 7K2M","thread":"om_root"}}]}',
    )
  })

  test('shows what a person wrote character by character, and calls nobody', () => {
    const hostile =
      '<at id=all></at> <at user_id="all">x</at> *b* _i_ ~s~ `c` # h | t | $x$ ![p](img_v2) 1. a.cn https://x.cn/?a=1&b=2 &lt;'
    const [message] = messages(card({ blocks: [{ kind: 'text', text: hostile.replace('![p]', '!\\[p]') }] }))
    const [element] = message?.body.elements ?? []
    expect(read(element?.content ?? '')).toBe(hostile)
    // What is left unescaped cannot be markup.
    expect(element?.content?.replace(/&(#\d+|nbsp);/g, '')).toMatch(/^[\p{L}\p{N} ]*$/u)
  })

  test.each([
    ['bold', '**bold**'],
    ['“务必”', ' **“务必”** '],
    ['a*', '**a&#42;** '],
    [' x ', ' **x** '],
    ['  ', '&nbsp;&nbsp;'],
  ])('bold %j is %j', (text, expected) => {
    expect(toMarkdown({ elements: [{ type: 'text', text, style: { bold: true } }] })).toBe(expected)
  })

  test.each([
    ['one endless line', '字'.repeat(30_000)],
    ['many lines', Array.from({ length: 900 }, (_, at) => `- line ${at} "quoted"`).join('\n')],
    ['marks alone', '"<'.repeat(15_000)],
    ['emoji', '👩‍👩‍👧'.repeat(4_000)],
  ])('of %s is cut into messages Feishu takes, and nothing is left out', (_name, text) => {
    const all = messages(
      card({ blocks: [{ kind: 'text', text }], buttons: [{ label: 'Next', command: 'next' }] }),
    )
    expect(all.length).toBeGreaterThan(1)
    for (const { content, body, config } of all) {
      expect(
        Buffer.byteLength(JSON.stringify({ content, msg_type: 'interactive', uuid: 'x'.repeat(50) })),
      ).toBeLessThan(30_000)
      expect(body.elements.length).toBeLessThan(200)
      expect(config.summary.content).not.toBe('')
    }
    const plain = (value: string) => value.replaceAll(/[\s•-]/g, '')
    expect(plain(all.map(({ body }) => shown(body.elements)).join(''))).toBe(plain(text))
    expect(all.flatMap(({ body }) => body.elements).filter(({ tag }) => tag === 'column_set')).toHaveLength(1)
    expect(all.at(-1)?.body.elements.at(-1)?.tag).toBe('column_set')
  })

  test('with more and longer buttons than fit leaves out what can be typed', () => {
    const short = Array.from({ length: 30 }, (_, at) => ({ label: `B${at}`, command: `b ${at}` }))
    const buttons = [
      { label: '长'.repeat(90), command: 'long label' },
      { label: 'too long', command: 'c'.repeat(301) },
      ...short,
    ]
    const [message] = messages(card({ buttons }), 'om_root')
    expect(message?.body.elements.filter(({ tag }) => tag === 'column_set')).toHaveLength(4)
    expect(message?.content.match(/"tag":"button"/g)).toHaveLength(20)
    expect(message?.content).not.toContain('too long')
    expect(message?.content).toMatch(/"content":"长{59}…"/)
  })

  test('full to the brim, in words and buttons, is still small enough', () => {
    const buttons = Array.from({ length: 30 }, (_, at) => ({
      label: '"'.repeat(60),
      command: `"${at}`.repeat(75),
    }))
    const full = { kind: 'text' as const, text: '字'.repeat(5_900) }
    const all = messages(card({ blocks: [full], buttons }), `om_${'x'.repeat(90)}`)
    expect(all.at(-1)?.content).toContain('"tag":"button"')
    for (const { content } of all) expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(29_000)
  })

  test('of buttons alone is a card; of nothing is not sent', () => {
    expect(messages(card({ buttons: [{ label: 'Next', command: 'next' }] }))).toHaveLength(1)
    expect(messages(card())).toEqual([])
  })
})

test('a text alone is cut; its texts are shown as they are; nothing is not sent', () => {
  expect(toFeishu({ text: ' ' })).toEqual([])
  const text = `<at user_id="all">x</at>\n\n${'<'.repeat(LIMITS.length)}`
  const parts = toFeishu({ text }).map((part) => toMessage(payloadSchema.parse(part), undefined))
  expect(parts.map(({ msg_type: type }) => type)).toEqual(['post', 'post'])
  const paragraphs = parts.flatMap(
    ({ content }) =>
      (JSON.parse(content) as { zh_cn: { content: { tag: string; text: string }[][] } }).zh_cn.content,
  )
  expect(paragraphs.flat().map(({ tag }) => tag)).toEqual(paragraphs.map(() => 'text'))
  expect(paragraphs[0]).toEqual([{ tag: 'text', text: '<at user_id="all">x</at>' }])
  expect(
    paragraphs
      .flat()
      .map((one) => one.text)
      .join(''),
  ).toContain('<'.repeat(LIMITS.length))
})
