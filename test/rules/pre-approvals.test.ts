import { describe, expect, it } from 'vitest'
import { UNSURE } from '../../src/rules/answers.ts'
import { preApprovalCategories } from '../../src/rules/assess/pre-approvals.ts'
import { assessed, book, plain, TODAY } from './book.ts'

const decided = (service: string, region: string, asOf = TODAY) =>
  assessed(plain({ 'website.services': [service], 'entity.province': region }), asOf).preApprovals

describe('pre-approval', () => {
  it.each(preApprovalCategories(book))('%s: decided in every region, with authority and paper where it is needed', (service) => {
    for (const region of book.provinces.keys()) {
      const approvals = decided(service, region)
      expect(approvals.length, region).toBeGreaterThan(0)
      for (const { need, authority, document, sources } of approvals) {
        expect(need).not.toBeNull()
        expect(sources.length).toBeGreaterThan(0)
        if (need === 'required') expect(authority && document, `${service} in ${region}`).toBeDefined()
      }
    }
  })

  it.each([
    ['education', ['CN-ZJ', 'CN-QH', 'CN-XZ']],
    ['healthcare', ['CN-HE', 'CN-XZ']],
  ])('%s is still asked for in a few regions only', (service, expected) => {
    const asked = [...book.provinces.keys()].filter((region) => decided(service, region)[0]?.need === 'required')
    expect(asked.sort()).toEqual([...expected].sort())
  })

  it('changes with the day', () => {
    expect(decided('religion', 'CN-BJ', '2022-02-28')[0]?.need).toBe('ask-locally')
    expect(decided('religion', 'CN-BJ', '2022-03-01')[0]?.need).toBe('required')
    const [before] = decided('medicine', 'CN-BJ', '2025-12-21')
    const [after] = decided('medicine', 'CN-BJ', '2025-12-22')
    expect(before?.ruleId).not.toBe(after?.ruleId)
    expect(decided('bulletin-board', 'CN-BJ')[0]?.need).toBe('no-longer-required')
  })

  it('while the region is open, so is the need', () => {
    const approvals = assessed(plain({ 'website.services': ['education'], 'entity.province': UNSURE })).preApprovals
    expect(approvals).toHaveLength(2)
    for (const { need, possible } of approvals) {
      expect(need).toBeNull()
      expect(possible).toEqual(['required', 'no-longer-required'])
    }
  })

  it('none needs nothing, and an open list says nothing yet', () => {
    expect(assessed(plain()).preApprovals).toEqual([])
    expect(assessed(plain({ 'website.services': UNSURE })).preApprovals).toEqual([])
  })

  it('other tables see the strongest need over all services', () => {
    const strongest = (services: readonly string[] | string) =>
      assessed(plain({ 'website.services': services, 'entity.province': 'CN-BJ' })).know('pre-approval')
    expect(strongest(['none'])).toMatchObject({ possible: ['none'] })
    expect(strongest(['education', 'news'])).toMatchObject({ possible: ['required'] })
    expect(strongest(['education'])).toMatchObject({ possible: ['no-longer-required'] })
    expect(strongest(UNSURE)).toMatchObject({ possible: ['required', 'ask-locally', 'no-longer-required', 'none'] })
  })
})
