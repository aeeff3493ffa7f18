import { describe, expect, it } from 'vitest'
import { CaseCodes } from '../../src/bot/case-code.ts'
import { Turns } from '../../src/bot/turns.ts'
import type { Incoming } from '../../src/bot/turn/turn.ts'
import { LANGUAGES } from '../../src/language.ts'
import type { Message } from '../../src/rendering/message.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import type { PhraseId } from '../../src/rendering/phrase-ids.ts'
import { brain, TODAY } from '../support/brain.ts'
import { memoryStore } from '../support/memory-store.ts'
import { wholeText } from '../support/story.ts'

/** The same case on two devices, through the store: a rejection pasted on one, mended on the other. */
describe.each(LANGUAGES)('a rejection on two devices, in %s', (language) => {
  const said = (id: PhraseId, values?: Record<string, string>) => phrase(brain.phrases, language, id, values)
  const { sound } = brain.preCheck.rules

  function devices() {
    const store = memoryStore()
    const clock = () => new Date(`${TODAY}T12:00:00+08:00`)
    const turns = new Turns({ store, brain, clock, codes: new CaseCodes({ store, clock }) })
    let sent = 0
    const take = (conversationId: string, incoming: Incoming) => {
      sent += 1
      return turns.take({
        channelId: 'x',
        conversationId,
        activityId: `a${sent}`,
        locale: language,
        incoming,
      })
    }
    const say = (device: string, text: string) => take(device, { kind: 'text', text })
    /** Answers on one device until nothing but `until` is open. */
    async function answer(device: string, first: readonly Message[], until: string, more = {}) {
      const answers: Readonly<Record<string, string | readonly string[]>> = { ...sound, ...more }
      let replies = first
      for (
        let input = replies.at(-1)?.input;
        input && input.question !== until;
        input = replies.at(-1)?.input
      ) {
        const { question, version } = input
        const value = answers[question] ?? 'unsure'
        const field = brain.dialogs.questions.get(question)?.field !== undefined
        const payload = {
          ...({ kind: 'answer', question, version } as const),
          answer: field && typeof value !== 'string' ? value.join(', ') : value,
        }
        ;({ replies } = await take(device, { kind: 'payload', payload }))
      }
      return replies
    }
    return { take, say, answer }
  }

  it('reopens on one what the other mends, and both see that it is mended', async () => {
    const { take, say, answer } = devices()
    const hello = await take('laptop', { kind: 'hello' })
    const checked = await answer('laptop', hello.replies, 'application.checked', {
      'domain.holder': 'somebody-else',
    })
    expect(wholeText(checked)).toContain(said('precheck-rejects'))
    const issued = wholeText((await say('laptop', language === 'en' ? 'case code' : '办理编号')).replies)
    const [code = '', secret = ''] = [...issued.matchAll(/\*\*([A-Z0-9-]{4,}?)\*\*/g)].map(
      ([, part]) => part ?? '',
    )
    await say('phone', `${language === 'en' ? 'resume' : '继续办理'} ${code} ${secret}`)

    const told = await say('phone', '驳回原因：域名所有人不正确，请将域名过户到主办单位名下后重新提交')
    expect(told.replies.at(-1)?.input?.question).toBe('domain.holder')
    const mended = await answer(
      'laptop',
      (await say('laptop', language === 'en' ? 'summary' : '我的回答')).replies,
      'application.checked',
    )
    const title = brain.preCheck.rejections.get('reject.holder')?.title[language] ?? '?'
    expect(wholeText(mended)).toContain(said('repair-gone', { title }))
    const phone = await say('phone', language === 'en' ? 'pre-check' : '预审')
    expect(wholeText(phone.replies)).toContain(said('repair-gone', { title }))
    expect(wholeText(phone.replies)).toContain(said('precheck-none'))
    // The panel beside the conversation says the same.
    const view = await phone.view()
    expect(JSON.stringify(view.results.find(({ id }) => id === 'pre-check'))).toContain(said('precheck-none'))
  })
})
