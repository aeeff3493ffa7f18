import { beforeEach, describe, expect, it } from 'vitest'
import { CaseCodes } from '../../../../src/bot/case-code.ts'
import { createCaseDesk } from '../../../../src/bot/desk/cases/case-desk.ts'
import { DESK_AUDIT_LOG } from '../../../../src/bot/desk/cases/audit.ts'
import { Proposals } from '../../../../src/bot/desk/cases/proposals.ts'
import { loadCaseDeskWords } from '../../../../src/bot/desk/cases/words.ts'
import type { DeskHandler } from '../../../../src/bot/desk/staff-bot.ts'
import { Handoffs } from '../../../../src/bot/handoff/handoffs.ts'
import { conversationKey } from '../../../../src/bot/keys.ts'
import { Turns } from '../../../../src/bot/turns.ts'
import type { Incoming } from '../../../../src/bot/turn/turn.ts'
import { AppError } from '../../../../src/errors.ts'
import type { Message } from '../../../../src/rendering/message.ts'
import type { Store } from '../../../../src/store/port.ts'
import { HANGZHOU } from '../../../stories/applications.ts'
import { brain, TODAY } from '../../../support/brain.ts'
import { memoryStore } from '../../../support/memory-store.ts'
import { wholeText } from '../../../support/story.ts'
import { LI, read, said } from '../said.ts'

const words = loadCaseDeskWords(new URL('../../../../dialogs', import.meta.url).pathname)
const NOW = new Date(`${TODAY}T12:00:00+08:00`)
const PLACE = { channelId: 'x', conversationId: 'laptop' }
const CASE = conversationKey(PLACE.channelId, PLACE.conversationId)

describe('the case desk', () => {
  let store: Store
  let codes: CaseCodes
  let handoffs: Handoffs
  let turns: Turns
  let desk: DeskHandler
  let code: string
  let secret: string
  let spoken: Message[]
  let planned: string[]
  let sent = 0

  beforeEach(async () => {
    store = memoryStore()
    const clock = () => NOW
    codes = new CaseCodes({ store, clock })
    handoffs = new Handoffs(store)
    const proposals = new Proposals(store, clock)
    turns = new Turns({ store, brain, clock, codes, proposing: { proposals, words } })
    spoken = []
    planned = []
    desk = createCaseDesk({
      ...{ brain, words, store, codes, handoffs, proposals, clock, language: 'en' },
      messages: async () => [
        { at: NOW.getTime(), who: 'applicant', text: 'My number is 13912345678, *please* help' },
        { at: NOW.getTime(), who: 'bot', text: 'What is your phone number?' },
      ],
      say: async (_place, message) => void spoken.push(message),
      onMilestone: async (caseId) => void planned.push(caseId),
    })
    await until('leader.email')
    ;({ code, secret } = await codes.issue(CASE, PLACE))
  })

  async function take(incoming: Incoming, activityId?: string) {
    sent += 1
    return turns.take({ ...PLACE, activityId: activityId ?? `a${sent}`, locale: 'en', incoming })
  }
  const open = (replies: readonly Message[]) => replies.at(-1)?.input

  async function until(key: string) {
    let { replies } = await take({ kind: 'hello' })
    for (let input = open(replies); input && input.question !== key; input = open(replies)) {
      const { question, version } = input
      const payload = { kind: 'answer', question, version, answer: HANGZHOU[question] ?? '' } as const
      ;({ replies } = await take({ kind: 'payload', payload }))
    }
  }
  const answerTo = async (key: string) => (await turns.caseIn(PLACE))?.answers[key]
  const tell = (text: string) => desk(said(text))
  const press = (replies: readonly Message[], label: string, activityId?: string) => {
    const payload = replies.at(-1)?.actions?.find((action) => action.label === label)?.payload
    if (!payload) throw new AppError('internal', { detail: `no button ${label}`, remedy: 'See the replies.' })
    return take({ kind: 'payload', payload }, activityId)
  }
  const audit = async () => JSON.stringify(await store.logs.read(DESK_AUDIT_LOG, 0))

  describe('case', () => {
    it.each([
      ['case', 'Case', 'Open question', 'hidden'],
      ['案件', '案件', '当前问题', '已隐藏'],
      ['csae', 'Case', 'Open question', 'hidden'],
    ])('“%s CODE” shows where it stands, nothing personal in it', async (command, title, asked, hidden) => {
      const shown = read(await tell(`${command} ${code}`))
      for (const part of [`${title} ${code}`, asked, hidden, 'entity.kind']) expect(shown).toContain(part)
      const personal = [...brain.dialogs.questions.values()].filter(({ personal: kind }) => kind !== 'none')
      const values = personal.flatMap(({ id }) => HANGZHOU[id] ?? []).filter((value) => value.length > 3)
      expect(values.length).toBeGreaterThan(3)
      for (const value of values) expect(shown).not.toContain(value)
      expect(shown).not.toContain('13912345678')
      expect(shown).toContain('\\*please\\*')
      expect(shown).not.toContain(secret)
      expect(shown).not.toMatch(/https?:\/\/\S*download/)
    })

    it('takes the code as people type it, and the number of a hand-off', async () => {
      const typed = [code.toLowerCase(), code.replace('-', ''), code.replace('-', ' '), ` ${code}`]
      for (const one of typed) expect(read(await tell(`case ${one}`))).toContain('Results')
      const { handoff } = await handoffs.apply(CASE, 'ask', { now: NOW, place: PLACE, language: 'en' })
      expect(read(await tell(`case ${handoff?.id}`))).toContain('Results')
      await handoffs.apply(CASE, 'claim', { now: NOW, staff: LI, desk: said('').desk })
      expect(read(await tell('case'))).toContain('Results')
      const elsewhere = { channel: 'slack', conversation: 'D2', reference: null }
      expect(read(await desk(said('case', { desk: elsewhere })))).toContain('Give the code')
    })

    it('tells nothing of codes nearby, nor of one that was given up', async () => {
      const near = `${code.slice(0, 8)}${code.endsWith('2') ? '3' : '2'}`
      for (const one of [near, 'ZZZZ-9999', 'ZZZZ9'])
        expect(read(await tell(`case ${one}`))).toBe('There is no case with that code.')
      expect(read(await tell('查案 ZZZZ-9999'))).toBe('没有这个编号的案件。')
      await take({ kind: 'text', text: 'delete my data' })
      await take({ kind: 'text', text: 'yes' })
      expect(read(await tell(`case ${code}`))).toBe('There is no case with that code.')
    })

    it('leaves sentences to whom they are meant for', async () => {
      for (const text of [
        'In case of two websites, what now?',
        'case of two sites',
        'note that it is late',
        '建议您去管局',
      ])
        expect(await tell(text)).toBeUndefined()
    })

    it('asks for the code where there is none', async () => {
      expect(read(await tell('case'))).toContain('case ABCD-2345')
      expect(read(await tell('案件'))).toContain('案件 ABCD-2345')
    })
  })

  describe('reveal', () => {
    it('shows one value in full, and is on record with who, when and which', async () => {
      const shown = read(await tell(`reveal ${code} leader.mobile`))
      expect(shown).toContain(HANGZHOU['leader.mobile'])
      const kept = await audit()
      for (const part of ['revealed', 'leader.mobile', '"U1"', NOW.toISOString()])
        expect(kept).toContain(part)
      expect(kept).not.toContain(String(HANGZHOU['leader.mobile']))
      const log = read(await tell(`log ${code}`))
      expect(log).toContain('Looked at a personal value · leader.mobile')
      expect(log).toContain('Li \\*Ming\\*')
    })

    it('takes the label in either language', async () => {
      const { label } = brain.dialogs.questions.get('leader.mobile') ?? { label: { 'zh-CN': '', en: '' } }
      for (const name of Object.values(label))
        expect(read(await tell(`显示 ${code} ${name}`))).toContain(HANGZHOU['leader.mobile'])
    })

    it('shows nothing among others, and nothing without the record', async () => {
      const group = said(`reveal ${code} leader.mobile`, { group: true })
      expect(read(await desk(group))).not.toContain(HANGZHOU['leader.mobile'])
      const broken = { ...store, logs: { ...store.logs, append: () => Promise.reject(new Error('full')) } }
      const proposals = new Proposals(broken, () => NOW)
      const dark = createCaseDesk({
        ...{ brain, words, store: broken, codes, handoffs, proposals, clock: () => NOW, language: 'en' },
      })
      await expect(dark(said(`reveal ${code} leader.mobile`))).rejects.toThrow('full')
    })

    it.each(['secret', 'no.such.field', '__proto__', ''])('refuses the field “%s”', async (field) => {
      const answer = read(await tell(`reveal ${code} ${field}`))
      expect(answer).toMatch(/has no field|Name a field/)
      expect(answer).not.toContain(secret)
      expect(await audit()).not.toContain('revealed')
    })
  })

  describe('propose', () => {
    const PHONE = '13600136000'

    it('changes nothing until the applicant agrees, then the answer is the new one', async () => {
      const before = await answerTo('leader.mobile')
      expect(read(await tell(`propose ${code} leader.mobile ${PHONE}`))).toContain(
        'only when the applicant agrees',
      )
      expect(await answerTo('leader.mobile')).toBe(before)
      const { replies } = await take({ kind: 'hello' })
      expect(wholeText(replies)).toContain('of our staff proposes')
      expect(open(replies)?.question).toBe('leader.email')
      const done = await press(replies, 'Accept the change')
      expect(await answerTo('leader.mobile')).toBe(PHONE)
      expect(open(done.replies)?.question).toBe('leader.email')
      const log = read(await tell(`log ${code}`))
      expect(log).toContain('Proposed a change · leader.mobile')
      expect(log).toContain('Applicant: Agreed to a change · leader.mobile')
      expect(wholeText((await take({ kind: 'hello' })).replies)).not.toContain('of our staff')
    })

    it('is asked after every turn until it is decided, and can be declined', async () => {
      const before = await answerTo('leader.mobile')
      await tell(`propose ${code} leader.mobile ${PHONE}`)
      await take({ kind: 'text', text: 'help' })
      const { replies } = await take({ kind: 'text', text: 'what is an ICP filing?' })
      expect(wholeText(replies)).toContain('proposes to change')
      await press(replies, 'Decline the change')
      expect(await answerTo('leader.mobile')).toBe(before)
      expect(wholeText((await take({ kind: 'hello' })).replies)).not.toContain('proposes')
      // The button again, later: it is over.
      expect(wholeText((await press(replies, 'Accept the change')).replies)).toContain('no longer there')
      expect(await answerTo('leader.mobile')).toBe(before)
    })

    it.each([
      ['同意修改', PHONE],
      ['accept the change', PHONE],
      ['不同意修改', HANGZHOU['leader.mobile']],
      ['Decline the change.', HANGZHOU['leader.mobile']],
    ])('“%s” can be typed', async (text, value) => {
      await tell(`建议 ${code} leader.mobile ${PHONE}`)
      await take({ kind: 'text', text })
      expect(await answerTo('leader.mobile')).toBe(value)
    })

    it('a yes delivered twice counts once', async () => {
      await tell(`propose ${code} leader.mobile ${PHONE}`)
      const { replies } = await take({ kind: 'hello' })
      const [first, again] = [
        await press(replies, 'Accept the change', 'k'),
        await press(replies, 'Accept the change', 'k'),
      ]
      expect(again.replies).toEqual(first.replies)
      expect(read(await tell(`log ${code}`)).match(/Agreed to a change/g)).toHaveLength(1)
    })

    it('is void once the applicant has changed the answer', async () => {
      await tell(`propose ${code} leader.mobile ${PHONE}`)
      const { replies } = await take({ kind: 'hello' })
      await take({
        kind: 'payload',
        payload: { kind: 'command', command: 'edit', argument: 'leader.mobile' },
      })
      await take({ kind: 'text', text: '13700137000' })
      const pressed = await press(replies, 'Accept the change')
      expect(wholeText(pressed.replies)).toContain('no longer there')
      expect(await answerTo('leader.mobile')).toBe('13700137000')
      expect(read(await tell(`log ${code}`))).toContain('lapsed')
    })

    it.each([
      ['leader.mobile 123', 'did not pass the check'],
      ['leader.mobile', 'Give the new value'],
      ['leader.mobile 13800138000', 'has that value already'],
      ['entity.kind spaceship', 'Options: '],
      ['application.checked yes', 'Only the applicant'],
      ['no.such.field x', 'has no field'],
      ['', 'Name a field'],
    ])('refuses “%s”', async (what, answer) => {
      expect(read(await tell(`propose ${code} ${what}`))).toContain(answer)
      expect(wholeText((await take({ kind: 'hello' })).replies)).not.toContain('proposes')
    })

    it('takes options by their words and by their values', async () => {
      expect(read(await tell(`propose ${code} entity.province Jiangsu`))).toContain('Jiangsu')
      expect(read(await tell(`propose ${code} entity.province CN-SH`))).toContain('Shanghai')
      const { replies } = await take({ kind: 'hello' })
      expect(wholeText(replies)).toContain('Shanghai')
      expect(wholeText(replies)).not.toContain('Jiangsu')
    })

    it('reaches an applicant with whom a person is talking at once', async () => {
      await handoffs.apply(CASE, 'ask', { now: NOW, place: PLACE, language: 'en' })
      await handoffs.apply(CASE, 'claim', { now: NOW, staff: LI, desk: said('').desk })
      await tell(`propose ${code} leader.mobile ${PHONE}`)
      expect(wholeText(spoken)).toContain(PHONE)
    })

    it('goes with the case', async () => {
      await tell(`propose ${code} leader.mobile ${PHONE}`)
      await tell(`note ${code} calls back`)
      await take({ kind: 'text', text: 'delete my data' })
      await take({ kind: 'text', text: 'yes' })
      expect(await store.documents.get(`proposals:{${CASE}}`)).toBeUndefined()
      expect(await store.logs.last(`case-notes:${CASE}`)).toBe(0)
      expect(await audit()).toContain('proposed')
    })
  })

  describe('note', () => {
    it('is kept for staff, without anything personal, and shown with the case', async () => {
      await tell(`note ${code} Waits for ${String(HANGZHOU['leader.mobile'])} to **answer**`)
      const shown = read(await tell(`case ${code}`))
      expect(shown).toContain('Waits for')
      expect(shown).toContain('\\*\\*answer\\*\\*')
      expect(shown).not.toContain(String(HANGZHOU['leader.mobile']))
      expect(wholeText((await take({ kind: 'hello' })).replies)).not.toContain('Waits for')
      expect(read(await tell(`note ${code}`))).toContain('Write the note')
    })
  })

  describe('milestone', () => {
    it.each([
      ['milestone', `submitted ${TODAY}`],
      ['进度', `${TODAY} 提交了`],
      ['milestone', 'submitted yesterday'],
    ])('“%s CODE %s” is noted as if the applicant had told it', async (command, told) => {
      const answer = read(await tell(`${command} ${code} ${told}`))
      expect(answer).toMatch(/Noted: submitted|已记下/)
      expect((await turns.caseIn(PLACE))?.following?.milestones.submitted).toBeDefined()
      expect(planned).toEqual([CASE])
      expect(read(await tell(`log ${code}`))).toContain('Set a milestone · submitted')
    })

    it.each([
      ['approved 2026-11-20', /cannot|not|first/i],
      ['submitted 2099-01-01', /still to come/],
      ['submitted banana', /no milestone/],
      ['flown to the moon', /no milestone/],
      ['', /Name a milestone/],
    ])('refuses “%s”', async (told, answer) => {
      expect(read(await tell(`milestone ${code} ${told}`))).toMatch(answer)
      expect((await turns.caseIn(PLACE))?.following).toBeUndefined()
      expect(planned).toEqual([])
    })

    it('loses neither side where the applicant answers at the same moment', async () => {
      await Promise.all([
        tell(`milestone ${code} submitted ${TODAY}`),
        take({ kind: 'text', text: 'li@example.com' }),
        tell(`note ${code} at once`),
      ])
      const current = await turns.caseIn(PLACE)
      expect(current?.following?.milestones.submitted?.on).toBe(TODAY)
      expect(current?.answers['leader.email']).toBe('li@example.com')
    })
  })

  it.each(['propose', 'note', 'reveal', 'milestone', 'log', 'case'])(
    '“%s” survives hostile text',
    async (command) => {
      for (const text of [
        '__proto__',
        '\u0000\u202e',
        '[x](javascript:alert(1))',
        'x'.repeat(50_000),
        '<script>',
      ])
        expect(read(await tell(`${command} ${code} ${text}`))).not.toMatch(/\]\(javascript|<script>/)
    },
  )
})
