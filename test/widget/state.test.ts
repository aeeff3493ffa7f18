import { describe, expect, it } from 'vitest'
import { initialState, reduce, type Event, type State } from '../../widget/session/state.ts'
import { rowsOf } from '../../widget/session/view.ts'
import { readActivitySet } from '../../widget/session/wire.ts'
import { script, type Step } from './script.ts'

const run = (...events: Event[]): State => events.reduce(reduce, initialState('en'))

function bot(id: string, step: Step = 'welcome', live = true): Event {
  return received(
    [{ id, type: 'message', from: { role: 'bot' }, channelData: { message: script(step, 'en', 3) } }],
    live,
  )
}
function echo(id: string, key: string, value?: object): Event {
  const activity = { id, type: 'message', text: 'hi', value, from: { role: 'user' } }
  return received([{ ...activity, channelData: { clientActivityID: key } }], true)
}
function received(activities: object[], live: boolean): Event {
  return { type: 'received', activities: readActivitySet({ activities }).activities, live }
}
const sending = (key: string, value?: object): Event => ({ type: 'sending', key, text: 'hi', value }) as Event
const answer = { kind: 'answer', question: 'entity.kind', version: 3, answer: 'enterprise' }

describe('messages', () => {
  it('shows an activity once, however often it comes', () => {
    expect(run(bot('1'), bot('1'), bot('1', 'welcome', false)).log).toHaveLength(1)
  })

  it('goes from sending to sent, and the echo takes its place', () => {
    const sent = run(sending('k'), { type: 'posted', key: 'k' })
    expect(sent.pending).toMatchObject([{ key: 'k', status: 'sent' }])
    const echoed = reduce(sent, echo('1', 'k'))
    expect(echoed.pending).toEqual([])
    expect(echoed.log).toMatchObject([{ key: 'k', status: 'sent' }])
    expect(reduce(echoed, echo('1', 'k')).log).toHaveLength(1)
  })

  it('takes a failed message back when it had arrived after all', () => {
    const failed = run(sending('k'), { type: 'failed', key: 'k', refused: false })
    expect(failed).toMatchObject({ waiting: false, pending: [{ status: 'failed' }] })
    expect(reduce(failed, echo('1', 'k'))).toMatchObject({ pending: [], log: [{ status: 'sent' }] })
  })

  it('shows what the bot said to a message it could not keep, until that is sent again', () => {
    const said = readActivitySet({
      activities: [
        {
          id: 'm',
          type: 'message',
          from: { role: 'bot' },
          channelData: { message: script('help', 'en', 0) },
        },
      ],
    }).activities
    const failed = run(sending('k'), { type: 'failed', key: 'k', refused: false, said }, sending('l'))
    expect(rowsOf(failed).map(({ item }) => item.key)).toEqual(['k', 'm', 'l'])
    expect(failed.news.map(({ key }) => key)).toEqual(['m'])
    expect(rowsOf(reduce(failed, sending('k'))).map(({ item }) => item.key)).toEqual(['k', 'l'])
    expect(
      run(sending('k'), echo('1', 'k'), { type: 'failed', key: 'k', refused: false, said }).news,
    ).toEqual([])
  })

  it('sends again under the same key', () => {
    const again = run(sending('k'), { type: 'failed', key: 'k', refused: false }, sending('k'))
    expect(again.pending).toMatchObject([{ key: 'k', status: 'sending' }])
  })

  it('shows what another tab sent', () => {
    expect(run(bot('1'), echo('2', 'other')).log.map(({ from }) => from)).toEqual(['bot', 'user'])
  })

  it('keeps the order of the server', () => {
    const { log, pending } = run(sending('k'), bot('1'), echo('2', 'k'), bot('3', 'province'))
    expect([log.map(({ key }) => key), pending]).toEqual([['1', 'k', '3'], []])
  })

  it('announces only what comes in live', () => {
    expect(run(bot('1', 'welcome', false)).news).toEqual([])
    expect(run(bot('1')).news).toHaveLength(1)
  })

  it('clears a conversation that is gone, keeping a typed text that was not sent', () => {
    const state = run(bot('1'), sending('a', answer), sending('b'), { type: 'reset', gone: true })
    expect(state).toMatchObject({
      gone: true,
      log: [],
      waiting: false,
      pending: [{ key: 'b', status: 'failed' }],
    })
    expect(reduce(state, bot('1')).log).toHaveLength(1)
  })

  it('shows text alone where a message is not one of ours', () => {
    const state = run(received([{ id: '1', type: 'message', text: 'hello', from: { role: 'bot' } }], true))
    expect(state.log).toMatchObject([{ text: 'hello', message: undefined }])
  })

  it('survives anything in place of a message', () => {
    const odd = [
      null,
      3,
      {},
      { id: 1 },
      { id: 'x', type: 'message', channelData: { message: { blocks: 'no' } } },
    ]
    expect(readActivitySet({ activities: odd }).activities).toHaveLength(1)
    expect(readActivitySet(null).activities).toEqual([])
    const newer = {
      language: 'en',
      blocks: [{ kind: 'hologram' }, { kind: 'text', text: 'a' }],
      input: { kind: 'odd' },
    }
    const [activity] = readActivitySet({
      activities: [{ id: '1', channelData: { message: newer } }],
    }).activities
    expect(activity?.message).toMatchObject({ blocks: [{ kind: 'text', text: 'a' }], input: undefined })
  })
})

describe('which buttons work', () => {
  const active = (state: State) => rowsOf(state).map(({ inputActive }) => inputActive)

  it('only those of the newest question', () => {
    expect(active(run(bot('1'), bot('2', 'province')))).toEqual([false, true])
  })

  it('none while an answer is under way, and again when it failed', () => {
    const sent = run(bot('1'), sending('k', answer))
    expect(active(sent)).toEqual([false, false])
    expect(active(reduce(sent, { type: 'failed', key: 'k', refused: false }))).toEqual([true, false])
  })

  it('marks what was chosen, by a tap or by its exact words', () => {
    expect(rowsOf(run(bot('1'), echo('2', 'k', answer), bot('3', 'province')))[0]?.chosen).toEqual([
      'enterprise',
    ])
    const typed = received([{ id: '2', type: 'message', text: 'a company', from: { role: 'user' } }], true)
    expect(rowsOf(run(bot('1'), typed, bot('3', 'province')))[0]?.chosen).toEqual(['enterprise'])
  })

  it('stay with the question after a command that was answered without a new one', () => {
    const help = { kind: 'command', command: 'help' }
    expect(active(run(bot('1'), sending('k', help)))).toEqual([false, false])
    expect(active(run(bot('1'), echo('2', 'k', help), bot('3', 'help')))).toEqual([true, false, false])
  })

  it('lets only the newest summary be changed', () => {
    const rows = rowsOf(run(bot('1', 'summary'), bot('2', 'summary')))
    expect(rows.map(({ summaryActive }) => summaryActive)).toEqual([false, true])
  })
})
