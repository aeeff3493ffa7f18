import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingSaid } from '../../../src/interview/pre-check/finding.ts'
import { findingsOf, preCheck, unforeseenIn } from '../../../src/interview/pre-check/pre-check.ts'
import { SEVERITIES } from '../../../src/interview/pre-check/schema.ts'
import { answersOnPath } from '../../../src/interview/resolve.ts'
import { LANGUAGES } from '../../../src/language.ts'
import type { Answers } from '../../../src/rules/answers.ts'
import { assess } from '../../../src/rules/assess/assess.ts'
import { brain, TODAY } from '../../support/brain.ts'
import { anyAnswers, book, keysOn, resolved } from '../support.ts'

const kit = brain.preCheck
const { sound } = kit.rules
const look = (more: Answers) => preCheck(kit, resolved({ ...sound, ...more }))
const ids = (more: Answers) => look(more).map(({ id }) => id.split(' ')[0])

describe('the pre-check', () => {
  it('says nothing before anything was answered', () => {
    expect(preCheck(kit, resolved({}))).toEqual([])
    expect(preCheck(kit, resolved({ 'service.kind': 'website', 'server.region': 'mainland' }))).toEqual([])
  })

  it('has nothing to look at where nothing is filed', () => {
    expect(look({ 'server.region': 'outside-mainland', 'domain.holder': 'somebody-else' })).toEqual([])
    expect(look({ 'service.kind': 'mini-program' })).toEqual([])
  })

  it('puts the worst first', () => {
    const found = look({
      'account.app': 'no',
      'administrator.email': 'zhang@example.cn',
      'domain.holder': 'shareholder-or-executive',
      'order.open': 'no',
      'server.billing': 'pay-as-you-go',
    })
    expect(found.map(({ severity }) => severity)).toEqual(['rejects', 'likely', 'paper', 'advise'])
  })

  it('calls a finding possible where the answer was left open, and names it once', () => {
    const found = look({ 'domain.verified': 'unsure' }).filter(({ keys }) => keys.includes('domain.verified'))
    expect(found.map(({ rule }) => rule.certain)).toEqual([false, false])
    expect(look({ 'server.billing': 'unsure' }).map(({ rule }) => rule.certain)).toEqual([false])
  })

  it('takes the province into account', () => {
    const holder = { 'domain.holder': 'legal-representative' }
    expect(ids(holder)).toEqual([])
    expect(ids({ ...holder, 'entity.province': 'CN-HN' })).toContain('precheck.holder-refused')
    expect(ids({ ...holder, 'entity.province': 'CN-NX' })).toContain('precheck.holder-disputed')
    const [proof] = look({ 'domain.holder': 'shareholder-or-executive' })
    expect(proof).toMatchObject({ severity: 'paper', rejection: 'reject.holder' })
  })

  it('asks 90 days of a domain, and 180 in Shanghai', () => {
    const shanghai = { 'entity.province': 'CN-SH' }
    expect(ids({ 'domain.expiry': '2027-04-01' })).toEqual([])
    expect(ids({ 'domain.expiry': '2027-04-01', ...shanghai })).toContain('precheck.domain-time-shanghai')
    expect(ids({ 'domain.expiry': '2027-02-01' })).toEqual(['precheck.domain-time'])
    // What was sound when it was typed is over by now.
    expect(ids({ 'domain.expiry': '2026-11-01' })).toEqual(['precheck.domain-time'])
  })

  it('cites the facts of the case’s own province only', () => {
    const individual = { 'entity.kind': 'individual', 'site.remark': 'unsure' }
    for (const province of ['CN-ZJ', 'CN-SD', 'CN-TJ']) {
      const found = look({ ...individual, 'entity.province': province })
      const remark = found.find(({ id }) => id === 'precheck.remark-individual')
      expect(remark?.local.map(({ id }) => id)).toEqual([`${province}.remarks.1`])
    }
  })

  it('says where sources differ, with both positions', () => {
    const found = look({ 'domain.holder': 'legal-representative', 'entity.province': 'CN-CQ' })
    const disputed = found.find(({ id }) => id.startsWith('precheck.holder-disputed'))
    expect(disputed?.conflicts.length).toBeGreaterThan(0)
    for (const { positions } of disputed?.conflicts ?? []) expect(positions.length).toBeGreaterThan(1)
  })

  it.each([
    ['the same number at home and for emergencies', { 'leader.emergency-phone': '13800138000' }],
    ['crossed numbers', { 'administrator.emergency-phone': '13800138000' }],
    ['the second number too', { 'leader.phone-2': '13900139000' }],
  ])('finds %s', (_, more) => {
    const [found] = look(more)
    expect(found?.id).toBe('precheck.phone-twice')
    expect(found?.keys.length).toBe(2)
  })

  it('compares addresses in letters of any case', () => {
    expect(ids({ 'administrator.email': 'ZHANG@example.cn' })).toEqual(['precheck.email-twice'])
  })

  it('lets individuals in Beijing give one number twice', () => {
    const one = { 'entity.kind': 'individual', 'leader.emergency-phone': '13800138000' }
    expect(ids(one)).toContain('precheck.phone-twice-individual')
    expect(ids({ ...one, 'entity.province': 'CN-BJ' })).not.toContain('precheck.phone-twice-individual')
  })

  it('knows a city whose name only a street bears', () => {
    const address = { 'entity.province': 'CN-GD', 'entity.division': '440106' }
    const certificate = { 'entity.certificate-address': '广东省广州市天河区体育西路10号' }
    const other = (text: string) => ids({ ...address, ...certificate, 'entity.address': text })
    expect(other('广东省深圳市南山区科技园1号')).toContain('precheck.other-city')
    expect(other('深圳市南山区科技园1号')).toContain('precheck.other-city')
    expect(other('天河区深圳路1号')).not.toContain('precheck.other-city')
  })

  it('takes a remark for an explanation of a missing house number', () => {
    const vague = { 'entity.address': '浙江省杭州市西湖区文三路' }
    expect(ids(vague)).toEqual(['precheck.address-number'])
    expect(ids({ ...vague, 'site.remark': '此地址已是最详细地址。' })).toEqual([])
  })

  it('lets the district tell where an individual files who lives elsewhere', () => {
    const elsewhere = {
      'entity.kind': 'individual',
      'entity.residence': 'elsewhere',
      'entity.residence.province': 'CN-SH',
    }
    const crossing = (more: Answers) =>
      look({ ...elsewhere, ...more }).filter(({ rejection }) => rejection === 'reject.cross_province')
    // Where he or she lives, with proof; where the card is from, without any; anywhere else not at all.
    expect(crossing({ 'entity.division': '310106' }).map(({ severity }) => severity)).toEqual(['paper'])
    expect(crossing({ 'entity.division': '330106' })).toEqual([])
    expect(crossing({ 'entity.division': '440106' }).map(({ severity }) => severity)).toEqual(['rejects'])
    const early = Object.fromEntries(
      Object.entries({ ...sound, ...elsewhere }).filter(([key]) => key !== 'entity.division'),
    )
    expect(preCheck(kit, resolved(early)).map(({ rule }) => [rule.ruleId, rule.certain])).toEqual([
      ['residence.CN-SH', false],
    ])
  })

  it('never repeats a number that was typed', () => {
    const found = look({
      'administrator.mobile': '13800138000',
      'administrator.identity-number': '330106198501011231',
      'leader.emergency-phone': '057188880001',
      'entity.certificate': '91310106123456788Y',
    })
    expect(found.length).toBeGreaterThan(3)
    expect(JSON.stringify(found.map(({ rule, found: part, fix }) => [rule, part, fix]))).not.toMatch(
      /138001|33010619850101|057188|913101/,
    )
  })

  it('makes what was typed harmless where it is quoted', () => {
    const [finding] = look({ 'site.domains': ['a-b.io'], 'site.home-page': 'unsure' })
    for (const language of LANGUAGES) {
      expect(findingSaid(finding!, language)).toContain('a-b.io')
      expect(findingSaid(finding!, language, () => '§')).toContain('§')
    }
  })

  it('says what it cannot see, as far as it matters here', () => {
    const unseen = (more: Answers) =>
      unforeseenIn(kit, resolved({ ...sound, ...more }).assessment).map(({ rejection }) => rejection)
    expect(unseen({})).toEqual(expect.arrayContaining(['reject.face', 'reject.site_open', 'reject.document']))
    expect(unseen({})).not.toContain('reject.old_site_down')
    expect(unseen({ 'entity.filing': 'elsewhere' })).toContain('reject.old_site_down')
    expect(unseen({ 'server.region': 'outside-mainland' })).toEqual([])
  })

  it('looks at answers without a conversation as well', () => {
    const answers = { ...answersOnPath(resolved(sound)), 'domain.verified': 'no' }
    const found = findingsOf(kit, answers, assess(book, answers, TODAY))
    expect(found.map(({ id }) => id)).toEqual(['precheck.domain-unverified'])
  })
})

describe('whatever was answered', () => {
  it('the pre-check is about answers on the path, sorted, and the same twice', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const resolution = resolved(answers)
        const found = preCheck(kit, resolution)
        const on = new Set(keysOn(resolution))
        for (const { keys } of found) for (const key of keys) expect(on.has(key)).toBe(true)
        const order = found.map(({ severity }) => SEVERITIES.indexOf(severity))
        expect(order).toEqual([...order].sort((a, b) => a - b))
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        expect(preCheck(kit, resolved(answers)).map(({ id }) => id)).toEqual(found.map(({ id }) => id))
      }),
      { numRuns: 150 },
    )
  })

  it('typed answers of any kind do it no harm', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('constructor', '__proto__', '％', 'a'.repeat(1000)),
    )
    const keys = Object.keys(sound).filter((key) => !book.keys.has(key))
    fc.assert(
      fc.property(fc.constantFrom(...keys), typed, (key, text) => {
        const value = key === 'site.domains' ? [text] : text
        expect(() => look({ [key]: value })).not.toThrow()
      }),
      { numRuns: 150 },
    )
  })
})
