import { describe, expect, it } from 'vitest'
import { assessed, book, short } from './book.ts'

const REGIONS = [...book.provinces.keys()]

describe('filing where an individual lives', () => {
  const living = (province: string) =>
    assessed({
      'entity.kind': 'individual',
      'entity.residence': 'elsewhere',
      'entity.residence.province': province,
    }).residence

  it.each(REGIONS)('%s: verdict and texts are those of the province', (region) => {
    const province = book.provinces.get(region)
    const verdict = {
      accepted: 'accepted',
      accepted_with_proof: 'accepted-with-proof',
      refused: 'refused',
      disputed: 'disputed',
      no_rule_found: 'no-rule-known',
    }
    const residence = living(region)
    expect(residence.result).toBe(verdict[province?.outOfProvinceIndividual.verdict ?? 'disputed'])
    expect(residence.reasons[0]?.text).toEqual(province?.outOfProvinceIndividual.text)
    expect(residence.reasons[0]?.sources.length).toBeGreaterThan(0)
    expect(residence.province).toBe(region)
  })

  it('shows both positions where sources differ, and says where no rule is known', () => {
    expect(living('CN-NX').reasons[0]?.conflicts[0]?.positions.length).toBeGreaterThan(1)
    expect(living('CN-HI').reasons[0]).toMatchObject({ result: 'no-rule-known', confidence: 'low' })
  })

  it('is not asked of those who live in the province of their card, nor of organisations', () => {
    expect(assessed({ 'entity.kind': 'individual' }).residence.result).toBe('id-province')
    expect(assessed().residence.result).toBe('certificate-province')
    expect(
      assessed({ 'entity.residence': 'elsewhere', 'entity.residence.province': 'CN-SX' }).residence.result,
    ).toBe('certificate-province')
  })

  it('leaves every verdict open while the place is not known', () => {
    const { residence } = assessed({ 'entity.kind': 'individual', 'entity.residence': 'elsewhere' })
    expect(residence.result).toBeNull()
    expect(residence.possible).toEqual([
      'accepted',
      'accepted-with-proof',
      'refused',
      'disputed',
      'no-rule-known',
    ])
  })
})

describe('number of websites', () => {
  const limit = (province: string, kind = 'enterprise') =>
    assessed({ 'entity.province': province, 'entity.kind': kind }).sitesLimit

  it.each([
    ['CN-HB', 'enterprise', 'per-order'],
    ['CN-HN', 'individual', 'per-order-and-papers'],
    ['CN-JS', 'enterprise', 'papers'],
    ['CN-SN', 'individual', 'total'],
    ['CN-HI', 'individual', 'per-order'],
    ['CN-HI', 'enterprise', 'no-local-rule'],
    ['CN-ZJ', 'individual', 'no-local-rule'],
  ])('%s, %s: %s', (province, kind, result) => {
    expect(limit(province, kind).result).toBe(result)
  })

  it('gives the figures of the province and of the kind of entity', () => {
    expect(limit('CN-JS').reasons[0]?.data['papersFrom']?.en).toContain('30')
    expect(limit('CN-JS', 'individual').reasons[0]?.data['papersFrom']?.en).toContain('10')
    expect(limit('CN-GD').reasons[0]?.data['papersFrom']?.en).toContain('31')
    expect(limit('CN-GD', 'individual').reasons[0]?.data['papersFrom']?.en).toContain('5')
  })

  it.each(REGIONS)('%s answers for both groups, with its own facts where it has any', (region) => {
    for (const kind of ['individual', 'enterprise']) {
      const decision = limit(region, kind)
      expect(decision.result).not.toBeNull()
      if (decision.result !== 'no-local-rule')
        expect(decision.reasons[0]?.factIds.every((id) => id.startsWith(region))).toBe(true)
    }
  })

  it('says nothing certain while the kind of entity is open', () => {
    const { sitesLimit } = assessed({ 'entity.kind': 'unsure', 'entity.province': 'CN-HI' })
    expect(sitesLimit.result).toBeNull()
    expect(short(sitesLimit.reasons)).toEqual(['hainan-individual?', 'organisation-no-local-rule?'])
  })
})

describe('the foot of the page', () => {
  const footer = (province: string, more = {}, asOf?: string) =>
    assessed({ 'entity.province': province, ...more }, asOf).footer
  const one = (province: string, id: string) =>
    footer(province).find((ruling) => ruling.ruleId === `footer.${id}`)

  it('shows the website number with its suffix, in Guangdong the entity number without', () => {
    expect(one('CN-ZJ', 'site-number')?.data['example']?.en).toMatch(/^浙ICP备\d+号-1$/)
    expect(one('CN-GD', 'entity-number-guangdong')?.data['example']?.en).toMatch(/^粤ICP备\d+号$/)
    expect(one('CN-GD', 'site-number')).toBeUndefined()
  })

  it('asks for a copyright line in Jiangsu, with every position and its date', () => {
    expect(
      one('CN-JS', 'copyright-jiangsu')?.conflicts[0]?.positions.map((position) => position.date),
    ).toContain('2020-05-27')
    expect(one('CN-ZJ', 'copyright-elsewhere')).toBeDefined()
    expect(one('CN-JS', 'copyright-elsewhere')).toBeUndefined()
  })

  it('counts the badge from the public-security approval, the number from the opening', () => {
    expect(one('CN-ZJ', 'police-badge')?.due).toEqual({
      days: 30,
      after: 'public-security-approved',
      workingDays: false,
    })
    expect(one('CN-ZJ', 'site-number')?.due).toEqual({ days: 0, after: 'site-opened', workingDays: false })
  })

  it('quotes of a rule for several regions only what concerns the applicant', () => {
    const ruling = one('CN-HA', 'other-sites')
    expect(ruling?.factIds).toEqual(['CN-HA.footer.1', 'footer.recheck'])
    expect(ruling?.sources.map((source) => source.id)).not.toContain('ali.prov19.yunnan')
  })

  it('wanted the verification mark file until January 2024', () => {
    expect(short(footer('CN-ZJ', {}, '2020-05-27'))).toContain('electronic-mark')
    expect(short(footer('CN-ZJ'))).not.toContain('electronic-mark')
  })

  it('has nothing to show for a server abroad, and leaves the example out while the region is open', () => {
    expect(footer('CN-ZJ', { 'server.region': 'outside-mainland' })).toEqual([])
    const open = assessed({ 'entity.province': 'unsure' }).footer
    expect(short(open)).toContain('site-number?')
    expect(open.every((ruling) => !JSON.stringify(ruling.data).includes('{prefix}'))).toBe(true)
  })
})
