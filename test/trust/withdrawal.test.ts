import { describe, expect, it } from 'vitest'
import { Handoffs } from '../../src/bot/handoff/handoffs.ts'
import { conversationKey } from '../../src/bot/keys.ts'
import { Withdrawals } from '../../src/bot/withdrawals.ts'
import { blankTranscript } from '../../src/channels/direct-line/blank-transcript.ts'
import type { ConsentNote } from '../../src/interview/consent.ts'
import { brain } from '../support/brain.ts'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { Story } from '../support/story.ts'
import { CANARIES, canaryFor } from './canaries.ts'
import { choice, isIdentity } from './canary-answers.ts'
import { ownApp, type OwnApp } from './own-app.ts'
import { found, text } from './scan.ts'

const LONG = 120_000
const PERSONAL = [...brain.dialogs.questions.values()].filter(({ personal }) => personal !== 'none')
/** What is told of the site is not personal, and stays. */
const SITE: Readonly<Record<string, string>> = { 'site.name': '西湖茶舍', 'site.remark': '无' }

interface World extends OwnApp {
  /** Canaries that stand anywhere in the store, by key; ends the app. */
  left(): Promise<readonly string[]>
}

async function world(): Promise<World> {
  const own = await ownApp()
  const left = async () => {
    const places = found([
      text(
        'the store',
        (await own.dump()).map((one) => JSON.stringify(one)),
      ),
    ])
    return [...new Set(places.map((one) => one.split(',')[0] ?? ''))]
  }
  return { ...own, left }
}

/** Through the whole application, every personal field filled in. */
async function filledIn({ app }: World, language: 'zh-CN' | 'en'): Promise<WebTalker> {
  const talker = await directLineTalker(app.address, language)
  const story = new Story(talker, language, 'buttons')
  await story.begin()
  for (let turns = 0; turns < 150 && story.open; turns += 1) {
    const input = story.open
    const value = choice(input)
    if (value !== undefined) await story.answer(input, value)
    else await story.say(SITE[input.question] ?? canaryFor(input.question))
    if (story.open?.question === input.question) await story.say(language === 'en' ? 'skip' : '跳过')
  }
  await talker.text(language === 'en' ? 'summary' : '查看回答')
  return talker
}

async function kept({ app }: World, { token }: WebTalker) {
  const response = await fetch(`${app.address}/api/cases/mine`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return (await response.json()) as {
    answers: Record<string, unknown>
    answersSetAside: Record<string, unknown>
    consents: readonly ConsentNote[]
  }
}

const personalKeys = (answers: Record<string, unknown>) =>
  Object.keys(answers).filter((key) => PERSONAL.some(({ id }) => id === key))

describe('a consent that is withdrawn', () => {
  it(
    'takes all personal answers out of the whole store, in the words of the chat',
    { timeout: LONG },
    async () => {
      const here = await world()
      const talker = await filledIn(here, 'zh-CN')
      const before = await kept(here, talker)
      expect(personalKeys(before.answers).length).toBeGreaterThan(10)
      const other = await directLineTalker(here.app.address, 'zh-CN')
      await other.text('我叫金丝雀')
      talker.texts()
      await talker.text('撤回同意')
      const said = talker.texts().join('\n')
      expect(said).toContain('已撤回同意')
      expect(said).toContain('主体负责人手机')
      const after = await kept(here, talker)
      expect(personalKeys(after.answers)).toEqual([])
      expect(personalKeys(after.answersSetAside)).toEqual([])
      expect(after.answers['entity.kind']).toBe(before.answers['entity.kind'])
      const notes = after.consents.map(({ consent, answer }) => `${consent} ${answer}`)
      expect(notes).toEqual([
        'consent.personal yes',
        'consent.identity yes',
        'consent.personal withdrawn',
        'consent.identity withdrawn',
      ])
      for (const { at, text: version } of after.consents) {
        expect(Date.parse(at)).toBeLessThanOrEqual(Date.now())
        expect(version).toMatch(/^[\da-f]{12}$/)
      }
      // It goes on without them, and asks for none of them again.
      await talker.text('汇总')
      for (let turns = 0; turns < 5; turns += 1) await talker.text('继续')
      expect(personalKeys((await kept(here, talker)).answers)).toEqual([])
      const metrics = await (await fetch(`${here.app.address}/metrics`)).text()
      expect(metrics).toContain('icpbot_consents_total{consent="consent.personal",answer="withdrawn"} 1')
      // What another applicant said stays: the scan does find what is there.
      expect(await here.left()).toEqual(['leader.name'])
    },
  )

  it('for identity numbers takes the numbers only, and the talk about them', { timeout: LONG }, async () => {
    const here = await world()
    const talker = await filledIn(here, 'en')
    await talker.text('withdraw my consent for identity numbers')
    expect(talker.texts().join('\n')).toContain('Identity number of the leader')
    const after = await kept(here, talker)
    expect(personalKeys(after.answers).filter(isIdentity)).toEqual([])
    expect(after.answers['leader.mobile']).toBe(CANARIES['leader.mobile'])
    expect(after.consents.at(-1)).toMatchObject({ consent: 'consent.identity', answer: 'withdrawn' })
    const left = await here.left()
    expect(left.filter(isIdentity)).toEqual([])
    expect(left).toContain('leader.mobile')
  })

  it(
    'can be withdrawn by the API, is asked for again when the applicant wants',
    { timeout: LONG },
    async () => {
      const here = await world()
      const talker = await filledIn(here, 'en')
      const headers = { authorization: `Bearer ${talker.token}` }
      const address = `${here.app.address}/api/cases/mine/consents`
      expect((await fetch(`${address}/personal`, { method: 'DELETE' })).status).toBe(401)
      expect((await fetch(`${address}/everything`, { method: 'DELETE', headers })).status).toBe(404)
      const response = await fetch(`${address}/personal`, { method: 'DELETE', headers })
      expect(response.status).toBe(200)
      const { consents } = (await response.json()) as { consents: readonly ConsentNote[] }
      expect(consents.filter(({ answer }) => answer === 'withdrawn')).toHaveLength(2)
      const [asked] = await talker.press(
        { kind: 'command', command: 'edit', argument: 'consent.personal' },
        'again',
      )
      expect(asked?.input?.question).toBe('consent.personal')
      await talker.text('I agree')
      expect((await kept(here, talker)).answers['consent.personal']).toBe('yes')
      expect(await here.left()).toEqual([])
    },
  )

  it('is the same when the question is answered anew with no', { timeout: LONG }, async () => {
    const here = await world()
    const talker = await filledIn(here, 'zh-CN')
    await talker.press({ kind: 'command', command: 'edit', argument: 'consent.personal' }, '修改')
    await talker.text('不同意')
    expect(talker.texts().join('\n')).toContain('已撤回同意')
    expect(await here.left()).toEqual([])
  })

  it('where none was given says that there is nothing to withdraw', { timeout: LONG }, async () => {
    const here = await world()
    const talker = await directLineTalker(here.app.address, 'en')
    await talker.hello()
    await talker.text('withdraw my consent')
    expect(talker.texts().join('\n')).toContain('nothing to withdraw')
    expect((await kept(here, talker)).consents).toEqual([])
  })

  it('goes from the other devices of the case too', { timeout: LONG }, async () => {
    const here = await world()
    const talker = await filledIn(here, 'en')
    talker.texts()
    await talker.text('new secret')
    const [, code = '', secret = ''] =
      /([\dA-Z]{4}-[\dA-Z]{4})\b(?!-)[\s\S]*?([\dA-Z]{4}(?:-[\dA-Z]{4}){2})/.exec(
        talker.texts().join('\n'),
      ) ?? []
    const second = await directLineTalker(here.app.address, 'en')
    await second.text(`resume ${code} ${secret}`)
    await second.text('summary')
    expect(second.texts().join('\n')).toContain('金丝雀')
    await talker.text('withdraw my consent')
    expect(await here.left()).toEqual([])
  })

  it('goes from what was said to staff, and the hand-off goes on', { timeout: LONG }, async () => {
    const here = await world()
    const talker = await filledIn(here, 'en')
    const caseId = conversationKey('directline', talker.conversationId)
    const handoffs = new Handoffs(here.store)
    const said = `I am ${CANARIES['leader.name']}`
    const place = { channelId: 'directline', conversationId: talker.conversationId }
    const now = new Date()
    await handoffs.apply(caseId, 'ask', { ...{ now, place, language: 'en', id: 'a' }, data: { said } })
    await handoffs.apply(caseId, 'applicant-said', { now, id: 'b', data: { said } })
    const before = await handoffs.get(caseId)
    await handoffs.note(before?.id ?? '', 'a', { at: now.getTime(), who: 'applicant', text: said })
    expect(JSON.stringify(before?.pending)).toContain(said)
    expect(before?.heard).toEqual([said, said])
    await talker.text('withdraw my consent')
    const after = await handoffs.get(caseId)
    expect(after).toMatchObject({ id: before?.id, state: 'queued', heard: [] })
    expect(after?.pending.map(({ effect }) => effect)).toContain('post-card')
    expect(await handoffs.transcript(before?.id ?? '')).toEqual([])
    // What is said from then on is kept again.
    await handoffs.note(before?.id ?? '', 'c', { at: now.getTime(), who: 'applicant', text: 'anew' })
    expect((await handoffs.transcript(before?.id ?? '')).map(({ text }) => text)).toEqual(['anew'])
    expect(await here.left()).toEqual([])
  })

  it('also goes where the process ended before it was done', { timeout: LONG }, async () => {
    const here = await world()
    const talker = await directLineTalker(here.app.address, 'en')
    await talker.text(`I am ${CANARIES['leader.name']}`)
    const caseId = conversationKey('directline', talker.conversationId)
    const place = { channelId: 'directline', conversationId: talker.conversationId }
    let now = new Date()
    const withdrawals = () =>
      new Withdrawals({
        ...{ store: here.store, clock: () => now, onError: (error) => expect.unreachable(String(error)) },
        blank: ({ conversationId }, keep) => blankTranscript(here.store, conversationId, keep),
      })
    await withdrawals().begin({ caseId, places: [place], activityId: 'a' })
    await withdrawals().runOnce()
    now = new Date(now.getTime() + 20_000)
    await withdrawals().runOnce()
    expect(await here.left()).toEqual([])
  })
})
