import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { parseMarkdown } from '../../widget/text/markdown.ts'
import { TEXTS } from './inputs/texts.ts'
import { expectInKind, expectNothingInside, faultsIn, startTarget, type Target } from './support.ts'

let target: Target
let talker: WebTalker

beforeAll(async () => {
  target = await startTarget()
  talker = await directLineTalker(target.app.address, 'en')
})
afterAll(() => target.end())

const activities = () => `/v3/directline/conversations/${talker.conversationId}/activities`
const say = (activity: object) =>
  target.send(activities(), {
    headers: { authorization: `Bearer ${talker.token}` },
    body: { type: 'message', ...activity },
  })

describe('what a person types', () => {
  it.each(TEXTS.map((text) => [text.slice(0, 60), text] as const))(
    '%j is answered like anything else',
    async (_name, text) => {
      const answer = await target.meanwhile(() => say({ text }))
      expectInKind(answer, activities())
      const replies = await talker.hello()
      talker.texts()
      if (answer.status === 200) expect(replies.length).toBeGreaterThan(0)
      for (const { blocks } of replies) expectNothingInside(JSON.stringify(blocks))
      expect(linksOf(replies)).toEqual([])
    },
  )

  it('writes no line of its own into the log', () => {
    for (const line of target.app.logged) {
      expect(line.trimEnd()).not.toMatch(/[\r\n]/)
      expect((JSON.parse(line) as { msg?: string }).msg).not.toBe('forged')
    }
    expect(faultsIn(target.app.logged)).toEqual([])
  })

  it('opens nothing to whoever claims to be somebody', async () => {
    await say({ text: 'export my data' })
    const told = JSON.stringify(await talker.hello())
    expect(told).not.toContain(target.bystander.conversationId)
  })
})

/** Addresses that the widget would make links of, other than to sources of the rules. */
function linksOf(replies: readonly unknown[]): readonly string[] {
  const texts = [...JSON.stringify(replies).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(
    ([, text = '""']) => JSON.parse(text) as string,
  )
  return texts
    .flatMap((text) => [...JSON.stringify(parseMarkdown(text)).matchAll(/"href":"([^"]*)"/g)])
    .map(([, href = '']) => href)
    .filter((href) => /evil|^(?!https?:|mailto:|tel:)/.test(href))
}

const FUZZ_RUNS = 150

describe('the protocol', () => {
  const json = fc.jsonValue({ maxDepth: 4 })
  const member = fc.constantFrom(
    'type',
    'text',
    'value',
    'name',
    'from',
    'conversation',
    'channelData',
    'attachments',
    'locale',
    'entities',
    'recipient',
    'serviceUrl',
  )
  const changed = (base: object) =>
    fc
      .array(fc.tuple(member, json), { minLength: 1, maxLength: 3 })
      .map((changes) => ({ ...base, ...Object.fromEntries(changes) }))

  it('of Direct Line takes or refuses any activity', async () => {
    await target.meanwhile(() =>
      fc.assert(
        fc.asyncProperty(changed({ text: 'hello' }), async (activity) =>
          expectInKind(await say(activity), activities()),
        ),
        { numRuns: FUZZ_RUNS },
      ),
    )
  })

  it('of a button takes or refuses any value', async () => {
    const payload = fc.record(
      {
        kind: fc.oneof(fc.constantFrom('answer', 'command', 'form', 'ask', 'why', 'edit'), json),
        question: fc.oneof(fc.constantFrom('entity.kind', 'site.remark', '__proto__', 'constructor'), json),
        version: fc.oneof(fc.integer(), json),
        answer: json,
        command: fc.oneof(fc.constantFrom('back', 'restart', 'yes', '__proto__'), json),
        values: json,
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(payload, async (value) => expectInKind(await say({ value }), activities())),
      { numRuns: FUZZ_RUNS },
    )
  })

  it('of /api/messages takes or refuses any activity, and answers nobody elsewhere', async () => {
    const account = { id: 'x', name: 'x' }
    const base = {
      ...{ type: 'message', text: 'hello', channelId: 'emulator', deliveryMode: 'expectReplies', id: '1' },
      ...{
        serviceUrl: 'http://127.0.0.1:9/',
        from: account,
        recipient: { id: 'bot' },
        conversation: { id: 'c' },
      },
    }
    await fc.assert(
      fc.asyncProperty(changed(base), async (activity) => {
        expectInKind(
          await target.send('/api/messages', { body: { ...activity, deliveryMode: 'expectReplies' } }),
          '/api/messages',
        )
      }),
      { numRuns: FUZZ_RUNS },
    )
  })
})

it('after all of it others are served, nothing failed inside, and memory is bounded', () => target.settle())
