import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../src/rendering/case-view.ts'
import type { Message, Payload } from '../../src/rendering/message.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'

interface Sent {
  readonly from: { readonly role: string }
  readonly text: string
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: Payload }[]
  }
  readonly attachments?: readonly { readonly contentType: string; readonly content: object }[]
  readonly channelData?: { readonly message?: Message; readonly case?: CaseView }
}

const WIDGET = { client: 'icp-filing-assistant' }

describe('what a client of our Direct Line gets', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.end())

  /** Says something as a client that does, or does not, call itself the widget; returns what the bot said last. */
  async function say(talker: WebTalker, activity: object, channelData = {}): Promise<readonly Sent[]> {
    const path = `conversations/${talker.conversationId}/activities`
    const before = (await (await talker.call('GET', path)).json()) as { watermark: string }
    await talker.call('POST', path, {
      type: 'message',
      locale: 'en',
      ...activity,
      channelData: { clientActivityID: randomUUID(), ...channelData },
    })
    const after = await talker.call('GET', `${path}?watermark=${before.watermark}`)
    const { activities } = (await after.json()) as { activities: Sent[] }
    return activities.filter(({ from }) => from.role === 'bot')
  }

  it('is buttons beside the text for one that does not draw the message, and they answer', async () => {
    const talker = await directLineTalker(app.address, 'en')
    const [last] = (await say(talker, { text: 'back' })).slice(-1)
    expect(last?.text).toContain('1. A website')
    const button = last?.suggestedActions?.actions.find(({ title }) => title === 'A website')
    expect(button?.value).toMatchObject({ kind: 'answer', question: 'service.kind', answer: 'website' })
    const replies = await say(talker, { value: button?.value })
    expect(replies.at(-1)?.channelData?.message?.input?.question).toBe('server.region')
  })

  it('is a card for a question that buttons cannot ask', async () => {
    const talker = await directLineTalker(app.address, 'en')
    await say(talker, { text: 'A website' })
    await say(talker, { text: 'Mainland China' })
    const [last] = (await say(talker, { text: 'Alibaba Cloud' })).slice(-1)
    const options = last?.channelData?.message?.input?.options ?? []
    expect(last?.suggestedActions === undefined).toBe(options.length > 8)
    const cards = JSON.stringify(last?.attachments ?? last?.suggestedActions)
    for (const { value } of options) expect(cards).toContain(JSON.stringify(value))
  })

  it('is the message and the case alone for the widget', async () => {
    const talker = await directLineTalker(app.address, 'en')
    const replies = await say(talker, { text: 'A website' }, WIDGET)
    for (const { attachments, suggestedActions, channelData } of replies) {
      expect([attachments, suggestedActions]).toEqual([undefined, undefined])
      expect(channelData?.message?.language).toBe('en')
    }
  })

  it('has the case with the last reply of every turn, and after a language change in that language', async () => {
    const talker = await directLineTalker(app.address, 'en')
    for (const [text, rows] of [
      ['help', 0],
      ['A website', 1],
      ['why', 1],
    ] as const) {
      const replies = await say(talker, { text }, WIDGET)
      expect(replies.map(({ channelData }) => channelData?.case !== undefined)).toEqual(
        replies.map((_, at) => at === replies.length - 1),
      )
      expect(replies.at(-1)?.channelData?.case?.sections.flatMap((section) => section.rows)).toHaveLength(
        rows,
      )
    }
    const switched = await say(talker, { text: '中文' }, WIDGET)
    expect(switched.at(-1)?.channelData?.case).toMatchObject({ language: 'zh-CN', progress: { done: 0 } })
  })

  it('is an empty case after everything was deleted', async () => {
    const talker = await directLineTalker(app.address, 'en')
    await say(talker, { text: 'A website' }, WIDGET)
    await say(talker, { text: 'delete my data' }, WIDGET)
    const farewell = await say(talker, { text: 'yes' }, WIDGET)
    expect(farewell.at(-1)?.channelData?.case?.sections.flatMap((section) => section.rows)).toEqual([])
  })
})
