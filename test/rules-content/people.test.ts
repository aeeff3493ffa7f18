import { describe, expect, it } from 'vitest'
import { assessed, short, TODAY } from './book.ts'

describe('leader and administrator', () => {
  const org = (province: string, more = {}) => assessed({ 'entity.province': province, ...more })
  const other = { 'leader.is-legal-representative': 'no' }

  it.each([
    ['CN-ZJ', 'legal-representative-required'],
    ['CN-JS', 'letter-accepted'],
    ['CN-SC', 'letter-accepted'],
    ['CN-AH', 'disputed'],
    ['CN-LN', 'no-rule-known'],
  ])('%s, not the legal representative: %s', (province, result) => {
    expect(org(province, other).leader.result).toBe(result)
  })

  it('rests on the plain case while nobody mentions it, and opens up when unsure', () => {
    expect(org('CN-ZJ').leader.result).toBe('accepted')
    expect(org('CN-ZJ', { 'leader.is-legal-representative': 'unsure' }).leader.possible).toEqual([
      'accepted',
      'legal-representative-required',
    ])
    expect(assessed({ 'entity.kind': 'individual', ...other }).leader.result).toBe('same-person')
  })

  it('Qinghai lets public bodies use a letter', () => {
    expect(org('CN-QH', { ...other, 'entity.kind': 'government' }).leader.result).toBe('letter-accepted')
    expect(org('CN-QH', other).leader.result).toBe('legal-representative-required')
  })

  it('Tianjin wants two people, Jiangsu one where the leader is a delegate', () => {
    expect(org('CN-TJ').administrator.result).toBe('must-differ')
    expect(org('CN-TJ', { 'administrator.is-leader': 'no' }).administrator.result).toBe('letter')
    expect(org('CN-JS', { ...other, 'administrator.is-leader': 'no' }).administrator.result).toBe(
      'must-be-leader',
    )
    expect(org('CN-JS', { 'administrator.is-leader': 'no' }).administrator.result).toBe('letter')
    expect(org('CN-BJ', { 'administrator.is-leader': 'no' }).administrator.result).toBe('accepted')
  })

  it.each([
    ['CN-GD', '16-17', 'proof-of-work'],
    ['CN-BJ', '16-17', 'refused'],
    ['CN-JX', '16-17', 'accepted'],
    ['CN-AH', '16-17', 'guardian-papers'],
    ['CN-GZ', 'under-16', 'disputed'],
    ['CN-GD', 'under-16', 'refused'],
    ['CN-SN', '16-17', 'adult-advised'],
  ])('age of an individual in %s, %s: %s', (province, age, result) => {
    expect(org(province, { 'entity.kind': 'individual', 'leader.age': age }).leaderAge.result).toBe(result)
  })
})

describe('identity verification', () => {
  it('is passed by the administrator in the app, and by the individual', () => {
    const [first] = assessed().identityVerification
    expect(first?.ruleId).toBe('identity-verification.administrator')
    expect(first?.data['where']?.en).toContain('app')
    expect(short(assessed({ 'entity.kind': 'individual' }).identityVerification)).toEqual(['individual'])
  })

  it('prepares the leader too where he or she is no mainland resident', () => {
    const ids = (residency: string) => short(assessed({ 'leader.residency': residency }).identityVerification)
    expect(ids('foreign')).toContain('leader-not-resident')
    expect(ids('mainland')).not.toContain('leader-not-resident')
    expect(ids('unsure')).toContain('leader-not-resident?')
  })

  it('was a photo before a backdrop until July 2019, but not in Shanghai', () => {
    const then = (province: string) =>
      short(assessed({ 'entity.province': province }, '2019-07-28').identityVerification)
    expect(then('CN-ZJ')).toEqual(['backdrop'])
    expect(then('CN-GD')).toEqual(['backdrop-or-app'])
    expect(then('CN-SH')).toEqual(['backdrop-app-only'])
    expect(short(assessed({}, '2019-07-29').identityVerification)).toContain('administrator')
  })

  it('is nobody’s where nothing is filed', () => {
    expect(assessed({ 'server.region': 'outside-mainland' }).identityVerification).toEqual([])
  })
})

describe('documents', () => {
  const ids = (more = {}, asOf = TODAY) => short(assessed(more, asOf).documents)

  it.each([
    [{ 'entity.province': 'CN-GD' }, 'commitment-guangdong'],
    [{ 'entity.province': 'CN-XJ' }, 'party-confirmation-xinjiang'],
    [{ 'entity.province': 'CN-NM', 'entity.kind': 'government' }, 'staffing-office'],
    [{ 'entity.province': 'CN-HN' }, 'domain-certificate-every'],
    [{ 'entity.province': 'CN-BJ', 'entity.kind': 'individual' }, 'photo-beijing-individual'],
    [{ 'entity.kind': 'law-firm' }, 'certificate-law-firm'],
    [{ 'entity.province': 'CN-JS', 'entity.kind': 'sole-proprietor' }, 'certificate-sole-proprietor-jiangsu'],
    [{ 'entity.province': 'CN-SC', 'leader.is-legal-representative': 'no' }, 'leader-letter'],
    [
      { 'entity.kind': 'individual', 'entity.residence': 'elsewhere', 'entity.residence.province': 'CN-FJ' },
      'residence-proof',
    ],
    [{ 'entity.kind': 'individual', 'leader.age': '16-17', 'entity.province': 'CN-HA' }, 'age-guardian'],
    [{ 'leader.residency': 'taiwan' }, 'leader-id-taiwan'],
  ])('%j: %s', (answers, document) => {
    expect(ids(answers)).toContain(document)
    expect(ids()).not.toContain(document)
  })

  it('asked for no commitment letter in Guangdong before June 2021', () => {
    expect(ids({ 'entity.province': 'CN-GD' }, '2021-06-20')).not.toContain('commitment-guangdong')
    expect(ids({ 'entity.province': 'CN-GD' }, '2021-06-21')).toContain('commitment-guangdong')
  })
})
