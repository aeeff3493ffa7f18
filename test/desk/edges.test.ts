import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import type { Posted } from '../support/platforms/slack.ts'
import { startSlackDesk, type SlackDesk } from './slack-desk.ts'

let desk: SlackDesk
let talker: WebTalker

beforeEach(async () => {
  heard = ''
  desk = await startSlackDesk({
    STAFF: 'slack:T1:U1,slack:T1:U2,msteams:contoso:aad-1',
    DESK_LANGUAGE: 'en',
    HUMAN_CONTACT: 'filing@example.cn',
  })
  talker = await directLineTalker(desk.app.address, 'en')
  await talker.hello()
})
afterEach(() => desk.end())

/** Waits until the applicant was told all of these. */
async function hears(...parts: readonly string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      await talker.hello()
      heard += talker.texts().join('\n')
      for (const part of parts) expect(heard).toContain(part)
    },
    { timeout: 15_000, interval: 50 },
  )
}
let heard = ''

/** A request that Li has taken, with the card under which they talk. */
async function claimed(): Promise<{ id: string; card: Posted }> {
  await desk.says('U1', 'watch')
  await desk.sees('requests for a person')
  await talker.text('human')
  const card = await desk.sees('"claim ')
  const id = /claim (\w{5})/.exec(JSON.stringify(card))?.[1] ?? ''
  await desk.presses('U1', `claim ${id}`, card)
  await desk.sees(`${id} is with Li`)
  return { id, card }
}

test('while nobody watches, nobody is promised: the contact is told', async () => {
  const replies = await talker.text('human')
  expect(JSON.stringify(replies)).toContain('filing@example.cn')
  expect(desk.slack.posted).toEqual([])
})

test('the case deleted while a person has it: staff hear so, and reach nobody any more', async () => {
  const { id, card } = await claimed()
  await talker.text('delete my data')
  await talker.text('yes')
  await desk.sees(`${id}: the applicant has deleted everything`)
  const before = desk.slack.posted.length
  await desk.says('U1', `reply ${id} are you there?`)
  await desk.sees(`${id} is over, or does not exist`)
  await desk.says('U1', 'hello?', card.ts)
  expect(desk.slack.posted.length).toBeGreaterThanOrEqual(before)
  expect(JSON.stringify(await talker.hello())).not.toContain('are you there?')
})

test('an answer by button is taken while a person has it, and the bot says no more than that', async () => {
  await talker.text('hello')
  const { card } = await claimed()
  const payload = { kind: 'answer', question: 'service.kind', version: 0, answer: 'website' } as const
  await talker.press(payload, 'A website')
  await hears('The assistant is silent while Li is here')
  await desk.says('U1', 'release', card.ts)
  await hears('handed you back', 'Where does the server of the website stand')
})

test('two press Claim at once: one has it, the other is told who', async () => {
  await desk.says('U1', 'watch')
  await desk.sees('requests for a person')
  await talker.text('human')
  const card = await desk.sees('"claim ')
  const id = /claim (\w{5})/.exec(JSON.stringify(card))?.[1] ?? ''
  await Promise.all(['U1', 'U2'].map((user) => desk.presses(user, `claim ${id}`, card)))
  await desk.sees(`${id} is with`)
  await desk.sees(`has ${id} already`)
  expect(desk.slack.posted.filter((one) => JSON.stringify(one).includes(`${id} is with`))).toHaveLength(1)
})

test('how long somebody waited is measured', async () => {
  await claimed()
  const metrics = await (await fetch(`${desk.app.address}/metrics`)).text()
  expect(metrics).toContain('icpbot_handoff_wait_seconds_count{outcome="claimed"} 1')
})

/** Posts a message as Teams sends it, and gives what the bot answers. */
async function teams(text: string, user: string, tenant = 'contoso'): Promise<string> {
  const response = await fetch(`${desk.app.address}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ type: 'message', id: randomUUID(), text, channelId: 'msteams', deliveryMode: 'expectReplies' },
      serviceUrl: 'http://127.0.0.1:9/',
      conversation: { id: `a:${user}`, tenantId: tenant, conversationType: 'personal' },
      from: { id: `29:${user}`, name: 'Zhao', aadObjectId: user },
      recipient: { id: 'bot', name: 'Bot' },
      locale: 'en',
    }),
  })
  expect(response.status).toBe(200)
  return response.text()
}

test('in Teams, staff come to their desk and everybody else is an applicant, whatever they say', async () => {
  expect(await teams('queue', 'aad-1')).toContain('Nobody is waiting')
  for (const [user, tenant] of [
    ['aad-2', 'contoso'],
    ['aad-1', 'fabrikam'],
  ] as const) {
    const answer = await teams('queue', user, tenant)
    expect(answer).not.toContain('Nobody is waiting')
    expect(answer).toContain('What do you want to put online?')
  }
})
