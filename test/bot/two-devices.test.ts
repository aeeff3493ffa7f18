import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CaseCodes } from '../../src/bot/case-code.ts'
import { Turns } from '../../src/bot/turns.ts'
import type { Incoming } from '../../src/bot/turn/turn.ts'
import type { Message } from '../../src/rendering/message.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain, TODAY } from '../support/brain.ts'
import { memoryStore } from '../support/memory-store.ts'
import { wholeText } from '../support/story.ts'
import { HANGZHOU } from '../stories/applications.ts'

describe('two devices on one application', () => {
  let turns: Turns
  let sent = 0
  beforeEach(() => {
    const store = memoryStore()
    const clock = () => new Date(`${TODAY}T12:00:00+08:00`)
    turns = new Turns({ store, brain, clock, codes: new CaseCodes({ store, clock }) })
  })
  afterEach(() => {
    sent = 0
  })

  async function on(conversationId: string, incoming: Incoming) {
    sent += 1
    return turns.take({ channelId: 'x', conversationId, activityId: `a${sent}`, locale: 'en', incoming })
  }
  const say = (conversation: string, text: string) => on(conversation, { kind: 'text', text })
  const open = (replies: readonly Message[]) => replies.at(-1)?.input

  /** Answers on one device until that question is open. */
  async function until(conversation: string, key: string) {
    let { replies } = await on(conversation, { kind: 'hello' })
    for (let input = open(replies); input && input.question !== key; input = open(replies)) {
      const { question, version } = input
      const payload = { kind: 'answer', question, version, answer: HANGZHOU[question] ?? '' } as const
      ;({ replies } = await on(conversation, { kind: 'payload', payload }))
    }
    return open(replies)
  }

  it('goes on elsewhere with the code; forms and fields of both end in one case', async () => {
    const first = await until('laptop', 'leader.mobile')
    const issued = await say('laptop', 'case code')
    const text = wholeText(issued.replies)
    const [, code = '', secret = ''] = /Case code: \*\*(\S+?)\*\*.*?Secret: \*\*(\S+?)\*\*/.exec(text) ?? []
    expect(JSON.stringify(issued.replies)).toContain(`"copy":{"label":"Case code","text":"${code}"}`)
    expect((await issued.view()).code).toBe(code)
    const resumed = await say('phone', `resume ${code} ${secret}`)
    expect(open(resumed.replies)?.question).toBe('leader.mobile')

    // The phone answers the first field, then the laptop sends its form, which still has it.
    await say('phone', '13800138000')
    const answers = Object.fromEntries(
      (first?.form?.fields ?? []).map(({ question }) => [question, String(HANGZHOU[question])]),
    )
    const form = { kind: 'answers', version: first?.version ?? 0, answers } as const
    const both = await Promise.all([
      on('laptop', { kind: 'form', form }),
      on('phone', {
        kind: 'form',
        form: { ...form, answers: { ...answers, 'leader.email': 'other@example.cn' } },
      }),
    ])
    const told = both.map(({ replies }) => wholeText(replies))
    expect(told.filter((one) => one.includes(phrase(brain.phrases, 'en', 'old-button-same')))).toHaveLength(1)
    for (const { replies } of both) expect(open(replies)?.question).toBe('site.name')
    const view = await (await say('phone', 'my answers')).view()
    const rows = view.sections.flatMap(({ rows: lines }) => lines.map(({ value }) => value)).join(' ')
    expect(rows).toContain('13800138000')
    expect(rows).toMatch(/(zhang|other)\\@example\\\.cn/)
  })
})
