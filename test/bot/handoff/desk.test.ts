import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'
import type { Store } from '../../../src/store/port.ts'
import { redact } from '../../../src/trust/redact.ts'
import { hiddenValues, inScope } from '../../../src/trust/scope.ts'
import { asking, deskBench, LI, place, WANG, type DeskBench } from './support.ts'

const THREAD = place('thread')
const OTHER = place('other')
let folder: string
let store: Store
let bench: DeskBench

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'icp-desk-'))
  store = await openEmbeddedStore({ path: folder })
  bench = deskBench(store)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const says = (text: string, id: string, caseId?: string) =>
  bench.desk.hears(asking(id, caseId), { kind: 'text', text }, () => true)
const textOf = (value: unknown) => JSON.stringify(value)

async function asked(): Promise<string> {
  await bench.desk.ask(asking('m1'), 'asked')
  const [handoff] = await bench.desk.handoffs.open()
  bench.told('lobby')
  return handoff?.id ?? ''
}

async function claimed(): Promise<string> {
  const id = await asked()
  expect(await bench.desk.claim(id, LI, THREAD, 's1')).toMatchObject({ ok: true })
  bench.told('web-case-1')
  bench.told('thread')
  return id
}

describe('while nobody has it', () => {
  test('a card goes to the lobby, once, however often the same message comes', async () => {
    const first = await bench.desk.ask(asking('m1'), 'asked')
    const again = await bench.desk.ask(asking('m1'), 'asked')
    expect(textOf(first)).toContain('0 waiting before you')
    expect(again).toEqual(first)
    const cards = bench.told('lobby')
    expect(cards).toHaveLength(1)
    expect(cards[0]).toContain('Sichuan')
  })

  test('what is said waits for whoever claims, once, in order', async () => {
    const id = await asked()
    expect(textOf(await says('first', 'm2'))).toContain('Passed on')
    await says('second', 'm3')
    await says('second', 'm3')
    expect(bench.told('lobby')).toEqual([])
    await bench.desk.claim(id, LI, THREAD, 's1')
    const [card = ''] = bench.told('thread')
    expect(card.match(/first|second/g)).toEqual(['first', 'second'])
    expect(bench.waits).toEqual([{ outcome: 'claimed', ms: 0 }])
  })

  test('two who claim at once: one has it, the other is told who', async () => {
    const id = await asked()
    const both = await Promise.all([
      bench.desk.claim(id, LI, THREAD, 's1'),
      bench.desk.claim(id, WANG, OTHER, 's2'),
    ])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    const [owner] = await bench.desk.handoffs.open()
    expect(both.find(({ ok }) => !ok)?.handoff?.owner).toEqual(owner?.owner)
    expect(bench.told('web-case-1')).toHaveLength(1)
    expect(bench.told('thread').length + bench.told('other').length).toBe(1)
  })

  test('staff are nudged at pauses that grow, the applicant is told', async () => {
    await asked()
    await bench.after(4)
    expect(bench.told('lobby')).toEqual([])
    await bench.after(1)
    expect(bench.told('lobby')).toHaveLength(1)
    expect(bench.told('web-case-1')[0]).toContain('Still waiting')
    await bench.after(4)
    expect(bench.told('lobby')).toEqual([])
    await bench.after(1)
    expect(bench.told('lobby')[0]).toContain('10 minutes')
  })

  test('going back to the bot ends it, and staff are told', async () => {
    const id = await asked()
    expect(await says('back to the bot', 'm2')).toMatchObject({ resume: true })
    expect(bench.told('lobby')[0]).toContain(`${id}: the applicant went back`)
    expect(await says('and now?', 'm3')).toBeUndefined()
    expect(await bench.desk.claim(id, LI, THREAD, 's1')).toMatchObject({ ok: false })
    expect(bench.waits.map(({ outcome }) => outcome)).toEqual(['left'])
  })
})

describe('while staff have it', () => {
  test('both sides are passed on, each line once, numbers of people hidden from staff', async () => {
    const id = await claimed()
    expect(await says('my number is 13800138000', 'm2')).toEqual({ replies: [] })
    await bench.desk.say(id, LI, 'thanks, [click](http://x)', 's2')
    await bench.desk.say(id, LI, 'thanks, [click](http://x)', 's2')
    expect(bench.told('thread')).toEqual([`${id} applicant: my number is [phone]`])
    expect(bench.told('web-case-1')).toEqual(['Li (staff)\n\nthanks, [click](http://x)'])
    const lines = await bench.desk.handoffs.transcript(id)
    expect(lines.map(({ who, text }) => `${who}: ${text}`)).toEqual([
      'applicant: my number is [phone]',
      'staff: thanks, [click](http://x)',
    ])
  })

  test.each([
    ['a link to files', 'see https://icp.example.cn/download/form.pdf?link=abc.DEF-123_x', 'abc.DEF-123_x'],
    ['a case code', 'my code is 7K2M-9QXR', '7K2M-9QXR'],
    ['an identity number', '身份证 330106199001011234', '330106199001011234'],
    ['a password', 'password: hunter2hunter2', 'hunter2hunter2'],
  ])('%s does not reach staff', async (_name, text, secret) => {
    const id = await claimed()
    await says(text, 'm2')
    expect(bench.told('thread').join()).not.toContain(secret)
    expect(textOf(await bench.desk.handoffs.transcript(id))).not.toContain(secret)
    expect(textOf(await bench.desk.handoffs.get('case-1'))).not.toContain(secret)
  })

  test.each(['say', 'release', 'close'] as const)('nobody else can %s', async (what) => {
    const id = await claimed()
    const done = what === 'say' ? bench.desk.say(id, WANG, 'hi', 's2') : bench.desk[what](id, WANG, 's2')
    expect(await done).toMatchObject({ ok: false, handoff: { owner: { name: 'Li' } } })
    expect(bench.told('web-case-1')).toEqual([])
    expect(await bench.desk.handoffs.transcript(id)).toEqual([])
  })

  test('staff and applicant writing at the same moment: both are there once', async () => {
    const id = await claimed()
    await Promise.all([
      ...['a1', 'a2', 'a3'].map((text, at) => says(text, `m${at + 5}`)),
      ...['s1', 's2', 's3'].map((text, at) => bench.desk.say(id, LI, text, `t${at}`)),
    ])
    await bench.desk.settle('case-1')
    const toStaff = bench.told('thread').map((text) => text.slice(-2))
    const toApplicant = bench.told('web-case-1').map((text) => text.slice(-2))
    expect(toStaff.sort()).toEqual(['a1', 'a2', 'a3'])
    expect(toApplicant.sort()).toEqual(['s1', 's2', 's3'])
    expect(await bench.desk.handoffs.transcript(id)).toHaveLength(6)
  })

  test('given back: said so, rating asked, the question put again; said once where it comes twice', async () => {
    const id = await claimed()
    await bench.desk.release(id, LI, 's2')
    expect(await bench.desk.release(id, LI, 's2')).toMatchObject({ ok: true })
    const [left, rating, question, ...more] = bench.told('web-case-1')
    expect(left).toContain('handed you back')
    expect(rating).toContain('How was the help')
    expect(question).toBe('the open question')
    expect(more).toEqual([])
    expect(await says('thanks', 'm2')).toBeUndefined()
  })

  test('a number is an answer to the bot, the label of a rating or its button rates', async () => {
    const id = await claimed()
    await bench.desk.close(id, LI, 's2')
    expect(await says('4', 'm2')).toBeUndefined()
    expect(await says('4 good', 'm3')).toMatchObject({ resume: true })
    expect(await bench.desk.handoffs.get('case-1')).toMatchObject({ state: 'closed', rating: 4 })
    // Once.
    expect(await bench.desk.hears(asking('m4'), { kind: 'rating', rating: 1 }, () => true)).toBeUndefined()
  })

  test('a colleague takes over: the former owner is told, what was said is there', async () => {
    const id = await claimed()
    await says('where were we', 'm2')
    expect(await bench.desk.take(id, WANG, OTHER, 's2')).toMatchObject({ ok: true })
    expect(bench.told('other')[0]).toContain('where were we')
    expect(bench.told('thread').at(-1)).toContain('Wang')
    expect(await bench.desk.say(id, LI, 'still me?', 's3')).toMatchObject({ ok: false })
    await says('to the new one', 'm3')
    expect(bench.told('other')[0]).toContain('to the new one')
  })

  test('silence: the applicant is asked once, the owner is nudged', async () => {
    const id = await claimed()
    await says('are you there?', 'm2')
    bench.told('thread')
    await bench.after(10)
    expect(bench.told('thread')[0]).toContain('waiting for your answer')
    bench.told('web-case-1')
    await bench.desk.say(id, LI, 'yes', 's2')
    bench.told('web-case-1')
    await bench.after(15)
    expect(bench.told('web-case-1')[0]).toContain('still there')
    await bench.after(60)
    expect(bench.told('web-case-1')).toEqual([])
  })

  test('the case is deleted: staff are told, nothing is left, and nothing can be said any more', async () => {
    const id = await claimed()
    await says('delete', 'm2')
    bench.told('thread')
    await bench.desk.forget('case-1')
    expect(bench.told('thread')[0]).toContain('has deleted everything')
    expect(await bench.desk.say(id, LI, 'hello?', 's2')).toEqual({ ok: false, handoff: undefined })
    expect(await bench.desk.handoffs.get('case-1')).toBeUndefined()
    expect(await bench.desk.handoffs.transcript(id)).toEqual([])
    expect(await bench.desk.handoffs.open()).toEqual([])
    await bench.after(120)
    expect(bench.told('thread')).toEqual([])
  })
})

describe('outside the hours', () => {
  const NIGHT = '2026-03-10T12:00:00Z'

  test('nothing is promised; staff hear of it when they are back, with what was left for them', async () => {
    bench = deskBench(store, NIGHT)
    const [told] = await bench.desk.ask(asking('m1'), 'asked')
    expect(textOf(told)).toContain('Tue–Fri'.replace('Tue', 'Mon'))
    expect(textOf(told)).toMatch(/Mar 11, 09:00/)
    // The bot goes on, and what may be meant for staff is kept.
    expect(await says('my question', 'm2')).toBeUndefined()
    const secret = { kind: 'text', text: 'Zhang San' } as const
    expect(await bench.desk.hears(asking('m3'), secret, () => false)).toBeUndefined()
    await bench.after(60)
    expect(bench.told('lobby')).toEqual([])
    await bench.after(12 * 60)
    const [card = ''] = bench.told('lobby')
    expect(card).toContain('wants a person')
    expect(bench.told('web-case-1')[0]).toContain('staff are back')
    const [handoff] = await bench.desk.handoffs.open()
    await bench.desk.claim(handoff?.id ?? '', LI, THREAD, 's1')
    const [first = ''] = bench.told('thread')
    expect(first).toContain('my question')
    expect(first).not.toContain('Zhang')
  })

  test('nobody is nudged at night', async () => {
    bench = deskBench(store, '2026-03-10T09:58:00Z')
    await asked()
    await bench.after(10)
    await bench.after(120)
    expect(bench.told('lobby')).toEqual([])
    await bench.after(13 * 60)
    expect(bench.told('lobby')).toHaveLength(1)
  })
})

describe('when something fails', () => {
  test('what was to be said does not stand in the log', async () => {
    const id = await claimed()
    bench.away = true
    const hidden = await inScope(async () => {
      await says('I am Zhang San, is my name right?', 'm2')
      await bench.desk.say(id, LI, 'Yes, Zhang San', 's2')
      return hiddenValues()
    })
    expect(bench.errors.length).toBeGreaterThan(0)
    expect(redact('refused: "I am Zhang San" to Zhang', hidden)).toBe('refused: "[known]" to Zhang')
    expect(redact('refused: Yes, Zhang San', hidden)).not.toContain('Zhang')
  })

  test('a channel that is away holds up nobody; what was to be said is said later, in order, once', async () => {
    const id = await claimed()
    bench.away = true
    expect(await bench.desk.say(id, LI, 'one', 's2')).toMatchObject({ ok: true })
    expect(await bench.desk.say(id, LI, 'two', 's3')).toMatchObject({ ok: true })
    expect(bench.errors.length).toBeGreaterThan(0)
    expect(bench.told('web-case-1')).toEqual([])
    bench.away = false
    await bench.after(1)
    expect(bench.told('web-case-1').map((text) => text.slice(-3))).toEqual(['one', 'two'])
  })

  test('a process that ends in between: the next one carries out what is pending', async () => {
    const id = await claimed()
    bench.away = true
    await bench.desk.release(id, LI, 's2')
    const next = deskBench(store, '2026-03-10T03:05:00Z')
    await next.after(0)
    expect(next.told('web-case-1')).toHaveLength(3)
    expect(await next.desk.release(id, LI, 's2')).toMatchObject({ ok: true })
    expect(next.told('web-case-1')).toEqual([])
  })
})
