import { describe, expect, it } from 'vitest'
import { domainValidity } from '../../src/rules/assess/domain-validity.ts'
import { assessed, book, short, TODAY } from './book.ts'

describe('domain requirements', () => {
  const ids = (more = {}) => short(assessed(more).domainRequirements)

  it('asks for more time in Shanghai', () => {
    expect(ids()).toContain('validity')
    expect(ids({ 'entity.province': 'CN-SH' })).toContain('validity-shanghai')
    expect(ids({ 'entity.province': 'CN-SH', 'domain.validity': '91-to-180-days' })).toContain(
      'short-for-shanghai',
    )
    expect(ids({ 'domain.validity': '91-to-180-days' })).not.toContain('too-short')
    expect(ids({ 'domain.validity': 'up-to-90-days' })).toContain('too-short')
  })

  it('works the validity out from the dates', () => {
    expect(domainValidity('2026-11-23', TODAY)).toBe('expired')
    expect(domainValidity('2027-02-22', TODAY)).toBe('up-to-90-days')
    expect(domainValidity('2027-02-23', TODAY)).toBe('91-to-180-days')
    expect(domainValidity('2027-05-24', TODAY)).toBe('over-180-days')
    expect(() => domainValidity('soon', TODAY)).toThrow(RangeError)
  })

  it.each([
    ['CN-ZJ', 'legal-representative', 'legal-rep-accepted'],
    ['CN-NX', 'legal-representative', 'legal-rep-disputed'],
    ['CN-HN', 'legal-representative', 'legal-rep-refused'],
    ['CN-ZJ', 'shareholder-or-executive', 'shareholder-proof'],
    ['CN-BJ', 'shareholder-or-executive', 'shareholder-refused'],
    ['CN-ZJ', 'somebody-else', 'holder-stranger'],
  ])('%s, held by %s: %s', (province, holder, rule) => {
    expect(ids({ 'entity.province': province, 'domain.holder': holder })).toContain(rule)
  })

  it('answers every holder in every region exactly once', () => {
    for (const province of book.provinces.keys())
      for (const holder of ['legal-representative', 'shareholder-or-executive', 'somebody-else']) {
        const rulings = assessed({ 'entity.province': province, 'domain.holder': holder }).domainRequirements
        expect(
          rulings.filter((ruling) => /^holder-(accepted|disputed|refused)$/.test(ruling.result)),
          `${province} ${holder}`,
        ).toHaveLength(1)
      }
  })

  it('lets no individual use another person’s domain, and keeps suffixes for public bodies', () => {
    expect(ids({ 'entity.kind': 'individual', 'domain.holder': 'somebody-else' })).toContain(
      'holder-not-owner',
    )
    expect(ids({ 'entity.kind': 'government' })).toContain('suffix-government')
    expect(ids({ 'entity.province': 'CN-BJ' })).toEqual(
      expect.arrayContaining(['suffix-beijing', 'registered-abroad']),
    )
  })

  it('knew ten domains for one website before 22 April 2019', () => {
    expect(short(assessed({}, '2019-04-21').domainRequirements)).toContain('ten-per-site')
    expect(ids()).toContain('one-per-site')
  })
})

describe('server requirements', () => {
  const server = (more = {}) => assessed(more).serverRequirements

  it('names term and service numbers of each product', () => {
    expect(
      server().find((ruling) => ruling.ruleId === 'server-requirements.ecs')?.data['numbers']?.en,
    ).toContain('5')
    expect(short(server({ 'server.product': 'nat-gateway' }))).toContain('one-month')
    expect(short(server({ 'server.product': 'cdn-storage-or-protection' }))).toContain('no-number-product')
  })

  it('says what keeps a server from being used, and keeps it open when unsure', () => {
    expect(short(server({ 'server.billing': 'pay-as-you-go' }))).toContain('pay-as-you-go')
    expect(short(server({ 'server.billing': 'unsure' }))).toContain('pay-as-you-go?')
    expect(short(server())).not.toContain('pay-as-you-go')
    expect(short(server({ 'server.account': 'another-account' }))).toContain('another-account')
  })

  it('leaves another provider’s servers to that provider', () => {
    expect(short(server({ 'server.provider': 'other' }))).toEqual(['other-provider'])
  })
})

describe('public-security filing', () => {
  it.each([
    ['enterprise', 'no', 'online'],
    ['enterprise', 'yes', 'in-person'],
    ['individual', 'no', 'online'],
    ['individual', 'yes', 'in-person'],
  ])('%s, interactive %s: %s, within 30 days of opening', (kind, interactive, result) => {
    const decision = assessed({ 'entity.kind': kind, 'website.interactive': interactive }).publicSecurity
    expect(decision.result).toBe(result)
    expect(decision.reasons[0]?.due).toEqual({ days: 30, after: 'site-opened', workingDays: false })
  })

  it('stays open while nobody knows whether visitors can post, and does not arise abroad', () => {
    expect(assessed({ 'website.interactive': 'unsure' }).publicSecurity.possible).toEqual([
      'online',
      'in-person',
    ])
    expect(assessed({ 'server.region': 'outside-mainland' }).publicSecurity.result).toBe('not-applicable')
  })
})
