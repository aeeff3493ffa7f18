import { afterEach, expect, test, vi } from 'vitest'
import { directLineTalker, type WebTalker } from '../../support/direct-line-talker.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { CORP, CREDENTIALS, startDingtalk, type DingtalkStandIn } from '../../support/platforms/dingtalk.ts'
import { LONG } from './support.ts'

let app: TestApp | undefined
let dingtalk: DingtalkStandIn | undefined
afterEach(async () => {
  await app?.end()
  await dingtalk?.close()
})

const WORDS = {
  en: {
    ...{ queue: 'queue', watch: 'watch', release: 'release', human: 'human' },
    ...{ watching: /requests for a person are posted here/, title: 'wants a person' },
    ...{ claimed: 'is with 小李', released: 'is back', strangers: /serves our support staff only/ },
    question: /\?/,
  },
  'zh-CN': {
    ...{ queue: '排队', watch: '关注', release: '交还', human: '转人工' },
    ...{ watching: /有人需要人工时会在这里通知/, title: '需要人工' },
    ...{ claimed: '由 小李 接手', released: '已交还助手', strangers: /这里只为内部客服人员服务/ },
    question: /？/,
  },
}

test.each(['en', 'zh-CN'] as const)(
  'in %s: an applicant asks for a person; staff in DingTalk take over, talk and give back',
  async (language) => {
    const words = WORDS[language]
    const ding = (dingtalk = await startDingtalk())
    app = await startTestApp({
      DINGTALK_CLIENT_ID: CREDENTIALS.clientId,
      DINGTALK_CLIENT_SECRET: CREDENTIALS.clientSecret,
      DINGTALK_API_URL: ding.apiUrl,
      STAFF: `dingtalk:${CORP}:0142`,
      DESK_HOURS: 'mon-sun 00:00-24:00',
      DESK_LANGUAGE: language,
    })
    await vi.waitFor(() => expect(ding.sockets.size).toBe(1), LONG)
    const person = { conversationType: '1', conversationId: 'cidPerson==' }
    const posted = async (pattern: RegExp) =>
      vi.waitFor(() => {
        const found = ding.posted.findLast(({ text }) => pattern.test(text))
        expect(found, ding.posted.map(({ text }) => text).join('\n---\n')).toBeDefined()
        return found!
      }, LONG)

    // Somebody of the same organisation who is not staff.
    ding.say(words.queue, { ...person, senderStaffId: '0999' })
    ding.say(words.queue, { senderStaffId: '0999' })
    ding.say(words.watch)
    await posted(words.watching)
    const applicant = await directLineTalker(app.address, language)
    await applicant.hello()
    applicant.texts()
    await applicant.text(words.human)
    const request = await posted(new RegExp(words.title))
    const id = /[2-9A-Z]{5}/.exec(request.text)?.[0] ?? ''
    expect(request).toMatchObject({ kind: 'actionCard', title: `${id} ${words.title}` })
    // Taken from the card in the group, and gone on with alone with the robot.
    ding.press(request.buttons[0]!.url, person)
    await posted(new RegExp(`${id} ${words.claimed}`))
    ding.say('Hello, what is [wrong](https://x.cn)?', person)
    await heard(applicant, /Hello, what is/)
    await applicant.text('My <b>server</b> [x](dtmd://dingtalkclient/sendMessage?content=close)')
    const relayed = await posted(/server/)
    expect(relayed.text).not.toMatch(/<b>|\]\(|dtmd:/)
    applicant.texts()
    ding.say(words.release, person)
    await posted(new RegExp(`${id} ${words.released}`))
    // The very question that was open.
    await heard(applicant, words.question)
    expect(app.logged.join('\n')).not.toMatch(/client-secret|token-\d|session-\d/)
    const strangers = ding.posted.filter(({ text }) => words.strangers.test(text))
    expect(strangers).toHaveLength(1)
  },
  60_000,
)

async function heard(applicant: WebTalker, pattern: RegExp): Promise<void> {
  let all = ''
  await vi.waitFor(async () => {
    await applicant.hello()
    all += applicant.texts().join('\n')
    expect(all).toMatch(pattern)
  }, LONG)
}
