import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/language.ts'
import { capabilitiesOf } from '../../src/rendering/channel/capabilities.ts'
import { adaptiveCards } from '../../src/rendering/channel/card/adaptive-card.ts'
import { plainText } from '../../src/rendering/channel/plain-text.ts'
import { toActivity } from '../../src/rendering/channel/to-activity.ts'
import type { Input, Message } from '../../src/rendering/message.ts'
import { ofType, wordsIn } from './support.ts'

const TEXTS = {
  'zh-CN': {
    ask: '服务器在哪里？',
    inside: '中国内地',
    outside: '内地以外',
    unsure: '不确定',
    send: '确定',
    why: '为什么问这个？',
    back: '上一步',
    change: '修改',
    label: '服务器地区',
  },
  en: {
    ask: 'Where is the server?',
    inside: 'Mainland China',
    outside: 'Elsewhere',
    unsure: 'Not sure',
    send: 'Send',
    why: 'Why do you ask?',
    back: 'Back',
    change: 'Change',
    label: 'Server region',
  },
} as const

function question(language: Language, more: Partial<Input> = {}): Message {
  const text = TEXTS[language]
  return {
    language,
    blocks: [{ kind: 'text', text: text.ask }],
    input: {
      kind: 'choice',
      question: 'server.region',
      version: 3,
      label: text.ask,
      options: [
        { value: 'mainland', label: text.inside },
        { value: 'outside-mainland', label: text.outside },
      ],
      unsure: text.unsure,
      submit: text.send,
      ...more,
    },
    actions: [
      { label: text.why, payload: { kind: 'command', command: 'why' } },
      { label: text.back, payload: { kind: 'command', command: 'back' } },
    ],
  }
}

function result(language: Language): Message {
  const { label, inside, change } = TEXTS[language]
  const edit = { kind: 'command', command: 'edit', argument: 'server.region' } as const
  return {
    language,
    blocks: [
      { kind: 'heading', text: label },
      {
        kind: 'statements',
        title: 'T',
        folded: true,
        items: [
          {
            id: 'a',
            text: '**A**: b\n\nc',
            note: 'n',
            confidence: 'low',
            sources: [
              { label: 'MIIT, Order 33, 2005-02-08', url: 'https://www.miit.gov.cn/33' },
              { label: 'S' },
            ],
          },
        ],
      },
      { kind: 'summary', rows: [{ label, value: inside, change: { label: change, payload: edit } }] },
    ],
  }
}

describe('plain text', () => {
  it('numbers the options and says what else can be typed, in Chinese', () => {
    expect(plainText(question('zh-CN'), wordsIn('zh-CN'))).toBe(
      [
        '服务器在哪里？',
        '1. 中国内地\n2. 内地以外\n请输入数字，或直接用文字回答。',
        '也可以输入：不确定、为什么问这个？或上一步',
      ].join('\n\n'),
    )
  })

  it('does so in English', () => {
    expect(plainText(question('en'), wordsIn('en'))).toBe(
      [
        'Where is the server?',
        '1. Mainland China\n2. Elsewhere\nType a number, or answer in words.',
        'You can also type: Not sure, Why do you ask?, or Back',
      ].join('\n\n'),
    )
  })

  it('says where statements stand, and how to change an answer', () => {
    expect(plainText(result('en'), wordsIn('en'))).toBe(
      [
        'Server region',
        [
          'T',
          '• A: b',
          '  c',
          '  n',
          '  low',
          '  Source: MIIT, Order 33, 2005-02-08 (https://www.miit.gov.cn/33)',
          '  Source: S',
        ].join('\n'),
        '• Server region: Mainland China\nTo change one, type for example: Change Server region',
      ].join('\n\n'),
    )
    expect(plainText(result('zh-CN'), wordsIn('zh-CN'))).toContain(
      '  依据：S\n\n• 服务器地区：中国内地\n要修改，请输入例如“修改 服务器地区”。',
    )
  })

  it('asks the question itself where no block does', () => {
    const text = plainText({ ...question('en'), blocks: [] }, wordsIn('en'))
    expect(text.startsWith('Where is the server?\n1. ')).toBe(true)
  })

  it('tells how to name several, and wants no number where one types', () => {
    expect(plainText(question('en', { kind: 'choices' }), wordsIn('en'))).toContain('1, 3')
    const typed = plainText(question('en', { kind: 'text', options: [] }), wordsIn('en'))
    expect(typed).not.toContain('number')
    expect(typed).toContain('Not sure')
  })
})

describe('cards', () => {
  const cardsOf = (message: Message) => adaptiveCards(message, wordsIn(message.language)) ?? []

  it('ask with buttons where the options are few and short', () => {
    const [card] = cardsOf(question('zh-CN'))
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.2', lang: 'zh-CN' })
    expect(ofType(card, 'Action.Submit').map(({ title, data }) => [title, data])).toEqual([
      ['中国内地', { kind: 'answer', question: 'server.region', version: 3, answer: 'mainland' }],
      ['内地以外', { kind: 'answer', question: 'server.region', version: 3, answer: 'outside-mainland' }],
      ['不确定', { kind: 'answer', question: 'server.region', version: 3, answer: 'unsure' }],
      ['为什么问这个？', { kind: 'command', command: 'why' }],
      ['上一步', { kind: 'command', command: 'back' }],
    ])
  })

  it.each([
    ['choice', { style: 'expanded' }],
    ['choices', { style: 'expanded', isMultiSelect: true }],
    ['select', { style: 'filtered' }],
  ] as const)('ask %s with a list', (kind, look) => {
    const options = Array.from({ length: 8 }, (_, at) => ({ value: `v${at}`, label: `L${at}`, hint: 'h' }))
    const [card] = cardsOf(question('en', { kind, options }))
    const [field] = ofType(card, 'Input.ChoiceSet')
    expect(field).toMatchObject({ id: 'answer', label: 'Where is the server?', isRequired: true, ...look })
    expect(field?.['choices']).toHaveLength(9)
    expect(field?.['choices']).toContainEqual({ title: 'L0 (h)', value: 'v0' })
    expect(ofType(card, 'Action.Submit')[0]?.['data']).toEqual({
      kind: 'answer',
      question: 'server.region',
      version: 3,
    })
  })

  it('ask for typed answers with a field, and let one skip it from a card apart', () => {
    const cards = cardsOf(question('en', { kind: 'text', options: [], typing: 'tel' }))
    expect(cards).toHaveLength(2)
    expect(ofType(cards[0], 'Input.Text')).toMatchObject([{ id: 'answer', style: 'Tel', maxLength: 500 }])
    expect(ofType(cards[1], 'Action.Submit')[0]).toMatchObject({
      title: 'Not sure',
      data: { answer: 'unsure' },
    })
  })

  it('fold lists, link sources and offer changes', () => {
    const [card, ...others] = cardsOf(result('en'))
    expect(others).toEqual([])
    expect(ofType(card, 'Action.ToggleVisibility')).toMatchObject([{ title: 'T (1)' }])
    expect(ofType(card, 'Action.OpenUrl')).toMatchObject([{ url: 'https://www.miit.gov.cn/33' }])
    expect(ofType(card, 'Action.Submit')).toMatchObject([
      {
        title: 'Change',
        tooltip: 'Change Server region',
        data: { command: 'edit', argument: 'server.region' },
      },
    ])
  })
})

describe('activities', () => {
  const on = (channel: object, message: Message) =>
    toActivity(message, capabilitiesOf(channel), wordsIn(message.language))

  it('carry the message whole to our own widget', () => {
    const message = question('en')
    const own = { channelId: 'directline', serviceUrl: 'urn:icp-filing-assistant:directline' }
    expect(on(own, message)).toMatchObject({
      channelData: { message },
      text: plainText(message, wordsIn('en')),
    })
    expect(
      on({ channelId: 'directline', serviceUrl: 'https://directline.botframework.com/' }, message),
    ).not.toHaveProperty('channelData')
  })

  it.each(['emulator', 'webchat', 'directline', 'Emulator'])('carry suggested actions to %s', (channelId) => {
    const activity = on({ channelId }, question('en'))
    expect(activity.text).toBe('Where is the server?')
    expect(activity.attachments).toBeUndefined()
    expect(activity.suggestedActions?.actions.map(({ title }) => title)).toEqual([
      'Mainland China',
      'Elsewhere',
      'Not sure',
      'Why do you ask?',
      'Back',
    ])
  })

  it('carry cards to Teams, and to the Emulator where a list is shown', () => {
    for (const [channelId, message] of [
      ['msteams', question('en')],
      ['emulator', result('en')],
      ['emulator', question('en', { kind: 'choices' })],
    ] as const) {
      const activity = on({ channelId }, message)
      expect(activity.suggestedActions).toBeUndefined()
      expect(activity.attachments).toMatchObject([{ contentType: 'application/vnd.microsoft.card.adaptive' }])
    }
  })

  it('say nothing twice: what is text is not in the card', () => {
    const activity = on({ channelId: 'msteams' }, question('en'))
    expect(activity.text).toBe('Where is the server?')
    expect(JSON.stringify(activity.attachments)).not.toContain('Where is the server?')
  })

  it('are plain text on every other channel, and text alone needs no card', () => {
    for (const channelId of ['sms', 'line', 'console', '__proto__', ''])
      expect(on({ channelId }, question('zh-CN'))).toEqual({
        type: 'message',
        text: plainText(question('zh-CN'), wordsIn('zh-CN')),
        textFormat: 'plain',
        locale: 'zh-CN',
        inputHint: 'expectingInput',
      })
    const told = on(
      { channelId: 'msteams' },
      { language: 'en', blocks: [{ kind: 'text', text: '**Fine**.' }] },
    )
    expect(told).toEqual({
      type: 'message',
      text: 'Fine.',
      textFormat: 'plain',
      locale: 'en',
      inputHint: 'acceptingInput',
    })
  })

  it('are named by a title where they open with a list', () => {
    expect(on({ channelId: 'msteams' }, { ...result('en'), blocks: result('en').blocks.slice(1) }).text).toBe(
      'T',
    )
  })
})
