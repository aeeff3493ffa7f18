import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { directLine } from '../../widget/session/direct-line.ts'
import { backOff, type OpenSocket } from '../../widget/session/ports.ts'
import { savedStore } from '../../widget/session/saved.ts'
import { Session } from '../../widget/session/session.ts'
import { FakeDirectLine } from './fake-direct-line.ts'

let fake: FakeDirectLine
let address: string
const sessions: Session[] = []

beforeEach(async () => {
  fake = new FakeDirectLine()
  address = await fake.listen()
})
afterEach(async () => {
  for (const session of sessions.splice(0)) session.stop()
  await fake.close()
})

describe('a conversation', () => {
  it('begins, answers and keeps the order', async () => {
    const session = open(shelf())
    await said(session, 1)
    session.send('A company', answer())
    await said(session, 2)
    expect(session.state.log.map(({ from }) => from)).toEqual(['bot', 'user', 'bot'])
    expect(session.state).toMatchObject({ connection: 'online', pending: [], waiting: false })
  })

  it('sends what is typed before the connection stands', async () => {
    const session = open(shelf())
    session.send('hello')
    await vi.waitFor(() => expect(fake.posts).toHaveLength(1))
    await vi.waitFor(() => expect(session.state.pending).toEqual([]))
  })

  it('is there again on return, without being announced again', async () => {
    const kept = shelf()
    const first = open(kept)
    await said(first, 1)
    first.stop()
    const second = open(kept)
    await said(second, 1)
    expect(second.state.news).toEqual([])
    expect(fake.conversations.size).toBe(1)
  })

  it('stays in step between two tabs, which begin only one', async () => {
    const kept = shelf()
    const alone = oneAtATime()
    const [one, other] = [open(kept, alone), open(kept, alone)]
    await Promise.all([said(one, 1), said(other, 1)])
    expect(fake.conversations.size).toBe(1)
    one.send('A company', answer())
    await said(other, 2)
    expect(other.state.log.map(({ key }) => key)).toEqual(one.state.log.map(({ key }) => key))
  })

  it('follows another tab into a new conversation', async () => {
    const kept = shelf()
    const session = open(kept)
    await said(session, 1)
    const before = [...fake.conversations.keys()]
    const elsewhere = shelf()
    const other = open(elsewhere)
    await said(other, 1)
    kept.setItem('k', elsewhere.getItem('k') ?? '')
    session.savedElsewhere()
    other.send('A company', answer())
    await said(session, 2)
    expect(session.state.log[0]?.key.split('|')[0]).not.toBe(before[0])
  })
})

describe('when the network fails', () => {
  it('says so, comes back and catches up, with nothing doubled', async () => {
    const session = open(shelf())
    await said(session, 1)
    fake.down = true
    fake.cut()
    await vi.waitFor(() => expect(session.state.connection).toBe('reconnecting'))
    fake.down = false
    for (const conversation of fake.conversations.values()) fake.say(conversation, 'help')
    session.hurry()
    await said(session, 2)
    await vi.waitFor(() => expect(session.state.connection).toBe('online'))
    expect(new Set(session.state.log.map(({ key }) => key)).size).toBe(2)
    expect(session.state.news).toHaveLength(2)
  })

  it('tries a lost message again under the same key, and the server has it once', async () => {
    const session = open(shelf())
    await said(session, 1)
    fake.losePosts = 1
    // Cut as well, so that the echo cannot come first.
    fake.cut()
    session.send('hello')
    await vi.waitFor(() => expect(fake.posts).toHaveLength(1))
    const key = (fake.posts[0]?.channelData as { clientActivityID: string }).clientActivityID
    if (session.state.pending[0]?.status === 'failed') session.retry(key)
    await said(session, 3)
    expect(session.state.log.filter(({ from }) => from === 'user')).toMatchObject([{ key, status: 'sent' }])
    expect(session.state.pending).toEqual([])
  })

  it('fails and sends again', async () => {
    const session = open(shelf())
    await said(session, 1)
    fake.down = true
    session.send('hello')
    await vi.waitFor(() => expect(session.state.pending).toMatchObject([{ status: 'failed' }]))
    fake.down = false
    session.retry(session.state.pending[0]?.key ?? '')
    await vi.waitFor(() => expect(session.state.pending).toEqual([]))
    expect(fake.posts).toHaveLength(1)
  })

  it('tells a refused text from a lost one', async () => {
    const session = open(shelf())
    await said(session, 1)
    session.send('x'.repeat(5000))
    await vi.waitFor(() => expect(session.state.pending).toMatchObject([{ status: 'refused' }]))
  })

  it('polls where no WebSocket passes', async () => {
    fake.refuseSockets = true
    const session = open(shelf())
    await said(session, 1, 10_000)
    session.send('A company', answer())
    await said(session, 2, 10_000)
    expect(session.state.connection).toBe('online')
  })
})

describe('tokens and conversations that end', () => {
  it('renews a token that ran out', async () => {
    const session = open(shelf())
    await said(session, 1)
    fake.expireTokens()
    session.send('A company', answer())
    await said(session, 2)
    expect(fake.conversations.size).toBe(1)
  })

  it('begins anew when the conversation is gone, and says so', async () => {
    const kept = shelf()
    const session = open(kept)
    await said(session, 1)
    fake.forgetEverything()
    await vi.waitFor(() => expect(session.state).toMatchObject({ gone: true, connection: 'online' }), 10_000)
    await said(session, 1)
    expect(JSON.parse(kept.getItem('k') ?? '')).toMatchObject({
      conversationId: [...fake.conversations.keys()][0],
    })
  })
})

describe('language', () => {
  it('switches the words at once and tells the bot', async () => {
    const kept = shelf()
    const session = open(kept)
    await said(session, 1)
    session.setLanguage('zh-CN', '中文')
    expect(session.state.language).toBe('zh-CN')
    await said(session, 2)
    expect(fake.posts[0]).toMatchObject({
      text: '中文',
      value: { kind: 'command', command: 'language', argument: 'zh-CN' },
    })
    expect(savedStore(kept, 'k').read().language).toBe('zh-CN')
  })
})

it('waits longer each time, never beyond 20 s', () => {
  expect(backOff(0, () => 0.5)).toBe(800)
  expect(backOff(3, () => 0.5)).toBe(6400)
  expect(backOff(50, () => 1)).toBeLessThan(20_000)
})

const answer = () => ({ kind: 'answer', question: 'entity.kind', version: 0, answer: 'enterprise' }) as const

async function said(session: Session, count: number, timeout = 8000): Promise<void> {
  await vi.waitFor(() => {
    expect(session.state.log.filter(({ from }) => from === 'bot')).toHaveLength(count)
  }, timeout)
}

function shelf() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

function open(kept: ReturnType<typeof shelf>, alone = oneAtATime()): Session {
  const session = new Session({
    api: directLine(fetch, address),
    openSocket,
    clock: {
      now: () => Date.now(),
      after: (ms, work) => Number(setTimeout(work, ms)),
      cancel: (timer) => clearTimeout(timer),
    },
    saved: savedStore(kept, 'k'),
    alone,
    language: 'en',
    newKey: () => crypto.randomUUID(),
  })
  sessions.push(session)
  session.start()
  return session
}

const openSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.on('open', () => events.open())
  socket.on('message', (data: Buffer) => events.frame(data.toString()))
  socket.on('error', () => undefined)
  socket.on('close', () => events.close())
  return { close: () => socket.close() }
}
