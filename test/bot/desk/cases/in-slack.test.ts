import { describe, expect, it } from 'vitest'
import { startSlackDesk } from '../../../desk/slack-desk.ts'
import { directLineTalker } from '../../../support/direct-line-talker.ts'

const SAID = {
  'zh-CN': {
    human: '转人工',
    ask: '规则 四川 个人',
    rules: '四川省对个人的要求',
    accept: '同意修改',
    case: '案件',
    proposed: '已建议',
    log: '操作记录',
    agreed: '同意修改',
  },
  en: {
    human: 'I want to talk to a person',
    ask: 'rule Sichuan individual',
    rules: 'What Sichuan asks of',
    accept: 'Accept the change',
    case: 'case',
    proposed: 'Proposed:',
    log: 'Who did what',
    agreed: 'Agreed to a change',
  },
} as const

describe('the desk in the product, staff in Slack and the applicant on the web', () => {
  it.each(['zh-CN', 'en'] as const)(
    'rules asked, a case seen, a change proposed and accepted: %s',
    async (language) => {
      const desk = await startSlackDesk({ DESK_LANGUAGE: language })
      const { says, sees, slack, app } = desk
      const words = SAID[language]
      await says('U1', 'watch')
      await sees('C1', 'thread_ts')
      await says('U1', words.ask)
      await sees(words.rules)

      const talker = await directLineTalker(app.address, language)
      const hello = await talker.hello()
      const input = hello.at(-1)?.input
      const { question = '', version = 0, options = [] } = input ?? {}
      const [first, second] = options
      const payload = { kind: 'answer', question, version, answer: first?.value ?? '' } as const
      await talker.press(payload, first?.label ?? '')
      const asked = await talker.text(words.human)
      const id = /[2-9A-HJKMNP-TV-Z]{5}/.exec(JSON.stringify(asked[0]?.blocks))?.[0] ?? ''
      expect(id).not.toBe('')

      await says('U2', `${words.case} ${id}`)
      const shown = await sees(first?.label ?? '', question)
      expect(JSON.stringify(shown)).not.toContain('/download')
      await sees(words.human)

      await says('U2', `propose ${id} ${question} ${second?.value ?? ''}`)
      await sees(words.proposed, second?.label ?? '')
      const heard = await talker.press({ kind: 'command', command: 'summary' }, 'summary')
      const button = heard.at(-1)?.actions?.find(({ label }) => label === words.accept)
      expect(button, JSON.stringify(heard)).toBeDefined()
      if (button) await talker.press(button.payload, button.label)
      await says('U1', `log ${id}`)
      await sees(words.log, words.agreed)

      // Somebody who is not of the staff gets nothing.
      const before = slack.posted.length
      await says('U9', `case ${id}`)
      await says('U1', 'queue')
      await sees(id, '1')
      expect(slack.posted.slice(before).filter((one) => JSON.stringify(one).includes(question))).toEqual([])
      await desk.end()
    },
    60_000,
  )
})
