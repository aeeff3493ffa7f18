import { describe, expect, it } from 'vitest'
import { readCase } from '../../widget/session/read-case.ts'
import { initialState, reduce, type Event, type State } from '../../widget/session/state.ts'
import { rowsOf } from '../../widget/session/view.ts'
import { readActivitySet } from '../../widget/session/wire.ts'
import { caseScript } from './script-case.ts'
import { fieldScript } from './script-fields.ts'
import { script, type Step } from './script.ts'

const run = (...events: Event[]): State => events.reduce(reduce, initialState('en'))
const received = (activity: object): Event => ({
  type: 'received',
  activities: readActivitySet({ activities: [{ type: 'message', ...activity }] }).activities,
  live: true,
})
const bot = (id: string, step: Step, answered?: boolean): Event =>
  received({
    id,
    from: { role: 'bot' },
    channelData: {
      message: script(step, 'en', 1),
      ...(answered === undefined ? {} : { case: caseScript('en', 1, answered) }),
    },
  })
const own = (id: string, text: string, value?: object): Event =>
  received({ id, from: { role: 'user' }, text, value, channelData: { clientActivityID: id } })
const answer = (question: string) => ({ kind: 'answer', question, version: 1, answer: 'x' })
const changes = (state: State) =>
  rowsOf(state).flatMap(({ item, change }) => (change ? [[item.key, change.label]] : []))

describe('the case in the state', () => {
  it('is the newest that came, and stays where a message has none', () => {
    expect(run(bot('1', 'welcome', false)).view).toMatchObject({ progress: { done: 0 } })
    const later = run(bot('1', 'welcome', false), bot('2', 'province', true), bot('3', 'help'))
    expect(later.view).toMatchObject({ progress: { done: 1 }, code: 'K7QF-29XM' })
  })

  it('goes with the conversation', () => {
    expect(run(bot('1', 'welcome', true), { type: 'reset', gone: true }).view).toBeUndefined()
  })

  it('is read whole, and anything else is not a case', () => {
    const whole = caseScript('zh-CN', 4, true)
    expect(readCase(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
    for (const odd of [undefined, null, 7, 'x', [], {}, { language: 'fr', sections: [] }, { language: 'en' }])
      expect(readCase(odd)).toBeUndefined()
    const broken = { language: 'en', sections: [1, { title: 2 }], results: [{ title: 'a', blocks: [{}] }] }
    expect(readCase({ ...broken, timeline: [], sources: 'x' })).toMatchObject({
      sections: [],
      results: [{ title: 'a', blocks: [] }],
      sources: [],
    })
  })
})

describe('changing an answer from its bubble', () => {
  it('is offered on the newest answer to each question that the case has', () => {
    const state = run(
      bot('1', 'welcome', false),
      own('a', 'A person', answer('entity.kind')),
      bot('2', 'welcome', false),
      own('b', 'A company', answer('entity.kind')),
      bot('3', 'province', true),
      own('c', 'Zhejiang'),
      bot('4', 'services', true),
    )
    expect(changes(state)).toEqual([
      ['b', 'Responsible'],
      ['c', 'Province'],
    ])
  })

  it('is not offered on commands, on digressions, or before the bot has the answer', () => {
    const state = run(
      bot('1', 'welcome', false),
      own('a', 'help', { kind: 'command', command: 'help' }),
      bot('2', 'welcome', false),
      own('b', 'what is this?'),
      bot('3', 'welcome', false),
    )
    expect(changes(state)).toEqual([])
    expect(changes(run(bot('1', 'welcome'), own('a', 'A company', answer('entity.kind'))))).toEqual([])
  })
})

describe('a form in the state', () => {
  const asked = received({
    id: '1',
    from: { role: 'bot' },
    channelData: { message: fieldScript('form', 'en', 1) },
  })
  const sent = { kind: 'answers', version: 1, answers: { 'leader.name': 'W', 'leader.email': 'unsure' } }

  it('is open, and afterwards shows what was sent', () => {
    expect(rowsOf(run(asked))).toMatchObject([{ inputActive: true, sent: undefined }])
    expect(rowsOf(run(asked, own('a', 'Filled in', sent)))).toMatchObject([
      { inputActive: false, sent: sent.answers },
      {},
    ])
  })

  it('is not shown as sent where its first question was answered by itself', () => {
    expect(rowsOf(run(asked, own('a', 'Wang Wei')))[0]).toMatchObject({ inputActive: false, sent: undefined })
  })
})
