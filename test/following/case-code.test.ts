import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CaseCodes, type Place } from '../../src/bot/case-code.ts'
import { answerCaseRequest } from '../../src/bot/case-code-desk.ts'
import { readCaseRequest } from '../../src/bot/case-code-request.ts'
import { LOCK_MS } from '../../src/bot/case-code-tries.ts'
import { caseKey, conversationKey } from '../../src/bot/keys.ts'
import { caseSchema, newCase, withAnswer } from '../../src/interview/case.ts'
import type { Json, Store } from '../../src/store/port.ts'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { kit } from './talk.ts'

let folder: string
let store: Store
let codes: CaseCodes
let now: Date
const place = (conversationId: string, channelId = 'directline'): Place => ({ channelId, conversationId })
const keyOf = ({ channelId, conversationId }: Place) => conversationKey(channelId, conversationId)
const home = place('home')
const caseId = keyOf(home)

async function putCase(id: string): Promise<void> {
  const current = withAnswer(newCase(id, 'en', now), 'entity.province', 'CN-ZJ')
  await store.documents.put([
    { key: caseKey(id), expected: 0, value: JSON.parse(JSON.stringify(current)) as Json },
  ])
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codes-'))
  store = await openEmbeddedStore({ path: folder })
  now = new Date('2026-11-24T02:00:00Z')
  codes = new CaseCodes({ store, clock: () => now })
  await putCase(caseId)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** Everything the store holds, as text. */
async function dump(): Promise<string> {
  await store.close()
  const { readFile, readdir } = await import('node:fs/promises')
  const files = await readdir(folder)
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1').catch(() => '')))
  store = await openEmbeddedStore({ path: folder })
  codes = new CaseCodes({ store, clock: () => now })
  return texts.join('')
}

describe('a case code', () => {
  it('opens the case in any conversation, as people type it', async () => {
    const { code, secret } = await codes.issue(caseId, home)
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/)
    expect(secret).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$/)
    const typed = [code, code.toLowerCase(), code.replace('-', ' '), code.replace('-', '')]
    for (const [at, one] of typed.entries()) {
      const other = place(`device ${at}`)
      expect(await codes.resume(one, secret.replaceAll('-', at % 2 ? '' : '–').toLowerCase(), other)).toEqual(
        { ok: true, caseId },
      )
      expect(await codes.caseOf(keyOf(other))).toBe(caseId)
    }
    expect(await codes.caseOf(caseId)).toBe(caseId)
  })

  it('gets a new secret each time it is asked for, and the old one opens nothing', async () => {
    const first = await codes.issue(caseId, home)
    const second = await codes.issue(caseId, home)
    expect(second.code).toBe(first.code)
    expect(second.secret).not.toBe(first.secret)
    expect(await codes.resume(first.code, first.secret, place('b'))).toEqual({ ok: false, problem: 'wrong' })
    expect(await codes.resume(second.code, second.secret, place('b'))).toEqual({ ok: true, caseId })
  })

  it('is one code where two devices ask at once', async () => {
    const issued = await Promise.all([codes.issue(caseId, home), codes.issue(caseId, home)])
    expect(new Set(issued.map(({ code }) => code)).size).toBe(1)
    const opened = await Promise.all(
      issued.map(({ code, secret }, at) => codes.resume(code, secret, place(`c${at}`))),
    )
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('is kept without its secret', async () => {
    const { secret, code } = await codes.issue(caseId, home)
    const kept = await dump()
    expect(kept).toContain('case-code:')
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain(secret.replaceAll('-', ''))
    expect(await codes.resume(code, secret, place('b'))).toEqual({ ok: true, caseId })
  })

  it('says the same whatever was wrong', async () => {
    const { code, secret } = await codes.issue(caseId, home)
    const wrong = [
      [code, 'AAAA-AAAA-AAAA'],
      ['AAAA-AAAA', secret],
      ['AAAA-AAAA', 'AAAA-AAAA-AAAA'],
    ] as const
    for (const [at, [one, other]] of wrong.entries())
      expect(await codes.resume(one, other, place(`w${at}`))).toEqual({ ok: false, problem: 'wrong' })
  })

  it.each([
    '',
    ' ',
    '-',
    '__proto__',
    'constructor',
    '"',
    "' or 1=1 --",
    '💥',
    'x'.repeat(100_000),
    '\u0000',
    '{}',
    '../..',
  ])('does not mind %j', async (odd) => {
    const { code, secret } = await codes.issue(caseId, home)
    expect(await codes.resume(odd, secret, place('x'))).toEqual({ ok: false, problem: 'wrong' })
    expect(await codes.resume(code, odd, place('y'))).toEqual({ ok: false, problem: 'wrong' })
  })

  it('is locked after five wrong tries from anywhere, also for the right secret, and opens again later', async () => {
    const { code, secret } = await codes.issue(caseId, home)
    for (let at = 0; at < 5; at += 1)
      expect(await codes.resume(code, 'AAAA-AAAA-AAAA', place(`p${at}`))).toEqual({
        ok: false,
        problem: 'wrong',
      })
    expect(await codes.resume(code, secret, place('p9'))).toEqual({
      ok: false,
      problem: 'locked',
      minutes: 15,
    })
    now = new Date(now.getTime() + LOCK_MS - 1)
    expect(await codes.resume(code, secret, place('p9'))).toMatchObject({ problem: 'locked', minutes: 1 })
    now = new Date(now.getTime() + 2)
    expect(await codes.resume(code, secret, place('p8'))).toEqual({ ok: true, caseId })
  })

  it('of any kind locks a conversation that guesses, whether or not it exists', async () => {
    for (let at = 0; at < 5; at += 1)
      await codes.resume(`AAAA-AAA${at + 2}`, 'AAAA-AAAA-AAAA', place('guesser'))
    const { code, secret } = await codes.issue(caseId, home)
    expect(await codes.resume(code, secret, place('guesser'))).toMatchObject({ problem: 'locked' })
    expect(await codes.resume(code, secret, place('owner'))).toEqual({ ok: true, caseId })
  })

  it('that does not exist locks like one that does', async () => {
    for (let at = 0; at < 5; at += 1) await codes.resume('ZZZZ-ZZZZ', 'AAAA-AAAA-AAAA', place(`q${at}`))
    expect(await codes.resume('ZZZZ-ZZZZ', 'AAAA-AAAA-AAAA', place('q9'))).toMatchObject({
      problem: 'locked',
    })
  })

  it('allows no more than five tries however many come at once', async () => {
    const { code } = await codes.issue(caseId, home)
    const tried = await Promise.all(
      Array.from({ length: 12 }, (_, at) => codes.resume(code, 'AAAA-AAAA-AAAA', place(`s${at}`))),
    )
    expect(tried.filter((one) => !one.ok && one.problem === 'wrong')).toHaveLength(5)
  })

  it('goes with its case, and opens no later one', async () => {
    const { code, secret } = await codes.issue(caseId, home)
    const other = place('other', 'msteams')
    await codes.resume(code, secret, other)
    const found = await store.documents.get(caseKey(caseId))
    await store.documents.put([{ key: caseKey(caseId), expected: found?.version ?? 0, value: undefined }])
    expect(await codes.resume(code, secret, place('late'))).toEqual({ ok: false, problem: 'wrong' })
    expect(await codes.forget(caseId)).toEqual([home, other])
    expect(await codes.caseOf(keyOf(other))).toBe(keyOf(other))
    await putCase(caseId)
    expect(await codes.resume(code, secret, place('later'))).toEqual({ ok: false, problem: 'wrong' })
  })
})

describe('what is asked of a case', () => {
  it.each([
    ['resume ABCD-2345 WXYZ-2345-6789', { kind: 'resume', code: 'ABCD-2345', secret: 'WXYZ-2345-6789' }],
    ['继续 ABCD-2345 WXYZ-2345-6789', { kind: 'resume', code: 'ABCD-2345', secret: 'WXYZ-2345-6789' }],
    ['Resume: abcd2345 wxyz23456789', { kind: 'resume', code: 'abcd2345', secret: 'wxyz23456789' }],
    [
      '继续ＡＢＣＤ－２３４５　WXYZ-2345-6789',
      { kind: 'resume', code: 'ABCD-2345', secret: 'WXYZ-2345-6789' },
    ],
    ['resume ABCD-2345', { kind: 'resume-how' }],
    ['my case code', { kind: 'issue' }],
    ['办理编号', { kind: 'issue' }],
    ['export my data', { kind: 'export' }],
    ['导出我的数据', { kind: 'export' }],
  ])('%s', (text, request) => {
    expect(readCaseRequest(kit.words, text)).toEqual(request)
  })

  it.each([
    '继续',
    'continue',
    '继续办理备案',
    'resume later please',
    'data',
    '',
    'x'.repeat(10_000),
    'company',
  ])('is not read into %j', (text) => {
    expect(readCaseRequest(kit.words, text)).toBeUndefined()
  })

  it('is answered: code, resuming, and all that is kept', async () => {
    const found = await store.documents.get(caseKey(caseId))
    const current = caseSchema.parse(found?.value)
    const ask = (text: string, from = home) =>
      answerCaseRequest(codes, kit.words, readCaseRequest(kit.words, text)!, current, from)
    const issued = JSON.stringify((await ask('my code')).replies)
    const [, code = '', secret = ''] = /\*\*(.{9})\*\*.*\*\*(.{14})\*\*/s.exec(issued) ?? []
    expect(await ask(`resume ${code} AAAA-AAAA-AAAA`, place('b'))).not.toHaveProperty('caseId')
    expect(await ask(`resume ${code} ${secret}`, place('b'))).toMatchObject({ caseId })
    const exported = (await ask('export my data')).replies[0]!.blocks[1]!
    const text = exported.kind === 'text' ? exported.text.replace(/\\(?=[!-/:-@[-`{-~])/g, '') : ''
    expect(JSON.parse(text)).toMatchObject({
      case: caseId,
      answers: { 'entity.province': 'CN-ZJ' },
      caseCode: code,
    })
    expect(text).not.toContain(secret)
  })
})
