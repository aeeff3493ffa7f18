import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Language } from '../../src/language.ts'
import type { Message } from '../../src/rendering/message.ts'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { startSlackDesk, type SlackDesk } from './slack-desk.ts'

const SAID = {
  'zh-CN': {
    human: '转人工',
    back: '回到助手',
    problem: '我的域名在别家备案过',
    answer: '没问题，可以接着办',
  },
  en: {
    human: 'I want to talk to a person',
    back: 'back to the bot',
    problem: 'My domain was filed elsewhere before',
    answer: 'That is fine, we can go on',
  },
} as const satisfies Record<Language, object>

let desk: SlackDesk
beforeEach(async () => {
  desk = await startSlackDesk()
})
afterEach(() => desk.end())

/** What the applicant hears until something holds these words. */
async function hears(talker: WebTalker, ...parts: readonly string[]): Promise<readonly Message[]> {
  const heard: Message[] = []
  const texts: string[] = []
  await vi.waitFor(
    async () => {
      heard.push(...(await talker.hello()))
      texts.push(...talker.texts())
      for (const part of parts) expect(JSON.stringify([heard, texts])).toContain(part)
    },
    { timeout: 15_000, interval: 50 },
  )
  return heard
}

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  const said = SAID[language]

  test('asked for, claimed, talked both ways, given back at the very question, finished', async () => {
    const { says, presses, sees, slack } = desk
    await says('U1', 'watch')
    await sees('C1', 'thread_ts')
    const talker = await directLineTalker(desk.app.address, language)
    await talker.hello()
    const replies = await talker.text(said.human)
    const question = replies.at(-1)?.input?.question
    expect(question).toBeDefined()
    const id = /[2-9A-HJKMNP-TV-Z]{5}/.exec(JSON.stringify(replies[0]?.blocks))?.[0] ?? ''
    expect(id, JSON.stringify(replies)).not.toBe('')

    const card = await sees(`claim ${id}`)
    await talker.text(said.problem)
    await presses('U1', `claim ${id}`, card)
    const claimed = await sees('release', id)
    expect(claimed.thread_ts).toBe(card.ts)
    expect(JSON.stringify(claimed)).toContain(said.problem)
    await hears(talker, 'Li')

    expect(await talker.text('13800138000')).toEqual([])
    const forwarded = await sees('[phone]')
    expect(forwarded.thread_ts).toBe(card.ts)
    await says('U1', said.answer, card.ts)
    await hears(talker, said.answer)

    await says('U1', 'release', card.ts)
    const after = await hears(talker, 'rate', question ?? '')
    const rated = await talker.press({ kind: 'command', command: 'rate', argument: '5' }, '5')
    expect(rated.at(-1)?.input?.question).toBe(question)
    const next = await talker.text(after.at(-1)?.input?.options[0]?.label ?? '')
    expect(next.at(-1)?.input?.question).not.toBe(question)
    // Said once each.
    expect(slack.posted.filter(({ text }) => text.includes('[phone]'))).toHaveLength(1)
    expect(slack.posted.filter((one) => JSON.stringify(one).includes('138'))).toEqual([])
  })
})
