const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)])
const button = (value: unknown) => ({ type: 'message', value })

/** Activities that a client of Direct Line may post in its own conversation: as another, as the bot, or as nonsense. */
export const ACTIVITIES: readonly (readonly [name: string, activity: object])[] = [
  ['as the bot', { type: 'message', text: 'x', from: { id: 'icp-filing-assistant', role: 'bot' } }],
  ['as another person', { type: 'message', text: 'x', from: { id: 'dl_other', role: 'user', name: '<b>' } }],
  ['in another conversation', { type: 'message', text: 'x', conversation: { id: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
  [
    'of another channel',
    { type: 'message', text: 'x', channelId: 'msteams', serviceUrl: 'http://evil.example/' },
  ],
  ['to another', { type: 'message', text: 'x', recipient: { id: 'other' } }],
  ['under an id of its own', { type: 'message', text: 'x', id: '1', replyToId: '../1' }],
  ['from the future', { type: 'message', text: 'x', timestamp: '9999-12-31T00:00:00Z', localTimestamp: 'x' }],
  ['an update of a message', { type: 'messageUpdate', id: '1', text: 'x' }],
  ['a deletion of a message', { type: 'messageDelete', id: '1' }],
  ['a start', { type: 'conversationUpdate', membersAdded: [{ id: 'icp-filing-assistant' }] }],
  ['an invoke', { type: 'invoke', name: 'adaptiveCard/action', value: {} }],
  ['a trace', { type: 'trace', name: 'x' }],
  ['a handoff', { type: 'handoff' }],
  ['a command of the protocol', { type: 'command', name: 'x' }],
  [
    'an event that is none',
    { type: 'event', name: 'continueConversation', value: { conversation: { id: 'x' } } },
  ],
  ['a token response', { type: 'event', name: 'tokens/response', value: { token: 'x' } }],
  [
    'an attachment elsewhere',
    { type: 'message', text: 'x', attachments: [{ contentUrl: 'http://169.254.169.254/' }] },
  ],
  [
    'an attachment in itself',
    { type: 'message', attachments: [{ contentUrl: 'data:text/html,x', contentType: 'text/html' }] },
  ],
  ['a hundred thousand attachments', { type: 'message', text: 'x', attachments: Array(60_000).fill(0) }],
  ['a locale that is none', { type: 'message', text: 'x', locale: '../../etc/passwd' }],
  ['a locale of 10,000 letters', { type: 'message', text: 'x', locale: 'zh-'.repeat(3_000) }],
  ['HTML as format', { type: 'message', text: '<b>x</b>', textFormat: 'html' }],
  ['channel data of 100 kB', { type: 'message', text: 'x', channelData: { x: 'x'.repeat(100_000) } }],
  [
    'channel data with a prototype',
    { type: 'message', text: 'x', channelData: { constructor: { prototype: { admin: true } } } },
  ],
  [
    'channel data of the bot',
    { type: 'message', text: 'x', channelData: { message: { blocks: [] }, case: { id: 'x' } } },
  ],
  ['a client id that is a list', { type: 'message', text: 'x', channelData: { clientActivityID: ['x'] } }],
  [
    'a client id of 3,000 letters',
    { type: 'message', text: 'x', channelData: { clientActivityID: 'x'.repeat(3_000) } },
  ],
  ['a value nested 60 deep', button(nested(60))],
  ['a value of 31 kB', button({ x: 'x'.repeat(31_000) })],
  ['a button of no kind', button({ kind: 'admin' })],
  ['a button named constructor', button({ kind: 'constructor' })],
  ['a button of another question', button({ kind: 'answer', question: 'no.such', version: 1, answer: 'x' })],
  [
    'a button of the question __proto__',
    button({ kind: 'answer', question: '__proto__', version: 1, answer: 'x' }),
  ],
  [
    'a button of the question constructor',
    button({ kind: 'answer', question: 'constructor', version: 1, answer: 'x' }),
  ],
  [
    'a button with an answer there is not',
    button({ kind: 'answer', question: 'service.kind', version: 1, answer: 'x' }),
  ],
  [
    'a button with an answer as an object',
    button({ kind: 'answer', question: 'service.kind', version: 1, answer: { $ne: 1 } }),
  ],
  [
    'a button of a version to come',
    button({ kind: 'answer', question: 'service.kind', version: 2 ** 53, answer: 'website' }),
  ],
  [
    'a button of a version before',
    button({ kind: 'answer', question: 'service.kind', version: -1, answer: 'website' }),
  ],
  ['a command there is not', button({ kind: 'command', command: '__proto__' })],
  [
    'a form with a prototype',
    button({ kind: 'form', question: 'x', version: 1, values: { constructor: 'x', toString: 'x' } }),
  ],
  [
    'a form of everything',
    button({
      kind: 'form',
      question: 'x',
      version: 1,
      values: Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`k${i}`, 'x'])),
    }),
  ],
  ['a command of staff', { type: 'message', text: 'claim AAAA', value: { desk: 'claim AAAA' } }],
]
