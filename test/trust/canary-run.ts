import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import { startApp } from '../../src/app.ts'
import { createRender } from '../../src/bot/render.ts'
import { FilingBot } from '../../src/bot/filing-bot.ts'
import { caseKey, conversationKey } from '../../src/bot/keys.ts'
import { Turns } from '../../src/bot/turns.ts'
import { ConsoleAdapter } from '../../src/channels/console/adapter.ts'
import { caseSchema } from '../../src/interview/case.ts'
import { readConfig } from '../../src/server/config.ts'
import type { Store } from '../../src/store/port.ts'
import { ROOT } from '../support/app.ts'
import { brain } from '../support/brain.ts'
import { directLineTalker } from '../support/direct-line-talker.ts'
import { Story } from '../support/story.ts'
import { CANARIES, canaryFor } from './canaries.ts'
import { choice } from './canary-answers.ts'
import { download, startCanaryDesk, talkToStaff } from './canary-desk.ts'

const VALUES = Object.values(CANARIES)
const SENTENCES = [
  `我叫${CANARIES['leader.name']}，身份证${CANARIES['leader.identity-number']}，手机${CANARIES['leader.mobile']}`,
  `What is the airspeed of ${CANARIES['entity.name']} at ${CANARIES['entity.address']}, mail ${CANARIES['leader.email']}?`,
  `我的护照是${CANARIES['passport']}，座机${CANARIES['landline']}，信用代码${CANARIES['entity.certificate']}吗？`,
  '已提交',
  '被驳回了',
  `${CANARIES['administrator.name']} ${CANARIES['administrator.mobile']} 资料不清，请 ${CANARIES['administrator.email']} 补充`,
]

export interface CanaryRun {
  readonly metrics: string
  /** Personal keys that took their canary through the real turn. */
  readonly answered: readonly string[]
  /** All that the channel of staff was sent, as JSON. */
  readonly staff: string
  /** Files of a case that were fetched. */
  readonly files: number
}

/** Talks on every channel, and breaks everything that can be broken, with canaries in every place. */
export async function runWithCanaries(sealed: Store, log: Logger): Promise<CanaryRun> {
  const store = breakable(sealed)
  const { slack, environment } = await startCanaryDesk()
  const config = readConfig({ PORT: '0', NODE_ENV: 'test', ...environment })
  const app = await startApp({ config, store: store.store, root: ROOT, log })
  try {
    const answered = await webStory(app.address, 'zh-CN', sealed)
    await webStory(app.address, 'en', sealed)
    await framework(app.address)
    await plainApi(app.address)
    await badRequests(app.address)
    await terminal(sealed)
    await talkToStaff(app.address, slack)
    const talker = await directLineTalker(app.address, 'en')
    await talker.text('A website')
    await talker.text(SENTENCES[0] ?? '')
    await fillIn(sealed, talker.conversationId)
    const files = await download(app.address, talker)
    store.failing = true
    // Not only once: a broken turn, then reading, then a broken erasure.
    for (const value of VALUES) await talker.text(`我是${value}`).catch(() => undefined)
    await talker.call('DELETE', '../../api/cases/mine')
    await framework(app.address).catch(() => undefined)
    await sleep(100)
    store.failing = false
    const metrics = await (await fetch(`${app.address}/metrics`)).text()
    return { answered, metrics, files, staff: JSON.stringify(slack.posted) }
  } finally {
    app.server.server.closeAllConnections()
    await app.close()
    await slack.close()
  }
}

/** Every question on the way is answered, whatever it is; in between, people say more than they were asked. */
async function webStory(address: string, language: 'zh-CN' | 'en', store: Store): Promise<readonly string[]> {
  const talker = await directLineTalker(address, language)
  const story = new Story(talker, language, 'buttons')
  await story.begin()
  for (let turns = 0; turns < 150; turns += 1) {
    const input = story.open
    if (!input) break
    const value = choice(input)
    if (value !== undefined) await story.answer(input, value)
    else await story.say(canaryFor(input.question))
    if (story.open?.question === input.question) await story.say(language === 'en' ? 'skip' : '跳过')
    // Not what moves the case on to another chapter: that comes after.
    if (turns < 9 && turns % 3 === 0) await story.say(SENTENCES[turns / 3] ?? '')
  }
  const answered = await fillIn(store, talker.conversationId)
  for (const sentence of [
    ...SENTENCES,
    language === 'en' ? 'summary' : '查看回答',
    'export my data',
    '导出我的数据',
  ])
    await story.say(sentence)
  return answered
}

/** All personal keys answered, as by a release whose dialogs ask for them. */
async function fillIn(store: Store, conversationId: string): Promise<readonly string[]> {
  const key = caseKey(conversationKey('directline', conversationId))
  const kept = await store.documents.get(key)
  if (!kept) throw new Error('the conversation has no case')
  const current = caseSchema.parse(kept.value)
  const value = {
    ...current,
    answers: { ...current.answers, ...CANARIES },
    aside: { 'leader.name': '金丝雀' },
  }
  const { ok } = await store.documents.put([
    { key, expected: kept.version, value: z.json().parse(JSON.parse(JSON.stringify(value))) },
  ])
  if (!ok) throw new Error('the case was changed meanwhile')
  return Object.entries(current.answers).flatMap(([name, one]) => (one === CANARIES[name] ? name : []))
}

async function framework(address: string): Promise<void> {
  const person = { id: CANARIES['leader.mobile'], name: CANARIES['leader.name'] }
  const base = {
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: `a:${CANARIES['leader.email']}`, name: CANARIES['entity.name'] },
    from: person,
    recipient: { id: 'bot', name: 'Bot' },
    deliveryMode: 'expectReplies',
  }
  const post = (activity: object) =>
    send(address, 'POST', '/api/messages', { id: randomUUID(), ...base, ...activity })
  await post({ type: 'conversationUpdate', membersAdded: [person] })
  for (const text of SENTENCES)
    await post({ type: 'message', text, id: `mid.${CANARIES['leader.mobile']}.${text.length}` })
  await post({
    type: 'message',
    attachments: [
      {
        contentType: 'image/png',
        name: `${CANARIES['leader.name']}.png`,
        contentUrl: `http://127.0.0.1:9/${CANARIES['leader.mobile']}`,
      },
    ],
  })
  await post({
    type: 'message',
    value: {
      kind: 'answer',
      question: CANARIES['leader.name'],
      version: 1,
      answer: CANARIES['leader.mobile'],
    },
  })
  // Replies that cannot be delivered, to a service that is not there.
  await post({ type: 'message', text: SENTENCES[0], deliveryMode: undefined })
  await post({ type: CANARIES['leader.name'] })
}

async function plainApi(address: string): Promise<void> {
  for (const text of SENTENCES) await send(address, 'POST', '/api/ask', { question: text })
  await send(address, 'POST', '/api/assess', { answers: CANARIES })
  await send(address, 'POST', '/api/assess', { answers: { 'entity.kind': CANARIES['leader.name'] } })
}

async function badRequests(address: string): Promise<void> {
  for (const value of VALUES) {
    const part = encodeURIComponent(value)
    for (const path of [
      `/${part}`,
      `/v3/directline/conversations/${part}/activities`,
      `/api/ask?q=${part}`,
      `/readyz?t=${part}`,
    ])
      for (const method of ['GET', 'POST', 'DELETE']) await send(address, method, path, { [value]: value })
    await send(address, 'POST', '/v3/directline/tokens/generate', undefined, {
      authorization: `Bearer ${part}.a.b`,
    })
    await send(address, 'POST', '/v3/directline/conversations', `{"${value}`, {
      cookie: part,
      'user-agent': part,
      'x-request-id': part,
    })
  }
  const talker = await directLineTalker(address, 'en')
  const path = `conversations/${talker.conversationId}/activities`
  for (const value of VALUES) {
    await talker.call('POST', path, { type: value, text: value })
    await talker.call('POST', path, { type: 'message', text: [value] })
    await talker.call('POST', path, {
      type: 'message',
      text: value,
      attachments: [{ name: `${value}.pdf`, contentType: 'a/b' }],
    })
    await talker.call('POST', path, {
      type: 'event',
      name: value,
      value: { [value]: value },
      channelData: { clientActivityID: value },
    })
    await talker.call('POST', path, {
      type: 'message',
      value: { kind: 'answer', question: value, version: 0, answer: value },
    })
    await talker.call('GET', `${path}?watermark=${encodeURIComponent(value)}`)
  }
}

async function terminal(store: Store): Promise<void> {
  const turns = new Turns({ store, brain, clock: () => new Date() })
  const bot = new FilingBot({ turns, render: createRender(brain.phrases), idempotent: true })
  const adapter = new ConsoleAdapter({
    conversationId: `terminal-${randomUUID()}`,
    locale: 'zh-CN',
    logic: (context) => bot.run(context),
    print: () => undefined,
  })
  await adapter.begin()
  for (const text of SENTENCES) await adapter.say(text)
}

async function send(
  address: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined || method === 'GET'
      ? {}
      : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  await response.text()
}

/** A store whose errors say all they know, as careless code does. */
function breakable(store: Store): { store: Store; failing: boolean } {
  const broken = {
    failing: false,
    store: {
      ...store,
      documents: {
        get: (key: string) => store.documents.get(key),
        getMany: (keys: readonly string[]) => store.documents.getMany(keys),
        put: (writes: Parameters<Store['documents']['put']>[0]) => {
          if (!broken.failing) return store.documents.put(writes)
          throw new TypeError(`cannot write ${JSON.stringify(writes)}`, {
            cause: writes.map(({ value }) => value),
          })
        },
      },
      queue: (name: string) => store.queue(name),
      ready: () => store.ready(),
      close: () => store.close(),
    },
  }
  return broken
}
