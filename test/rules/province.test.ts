import { describe, expect, it } from 'vitest'
import { heldOn } from '../../src/rules/assess/statement.ts'
import { assessed, book, plain, SOURCE_DAY } from './book.ts'

const regions = [...book.provinces.keys()]
const requirements = (region: string, kind: string, asOf?: string) =>
  assessed(plain({ 'entity.province': region, 'entity.kind': kind }), asOf).province?.requirements ?? []

describe('requirements of a region', () => {
  it.each(regions)('%s: its own facts, in the order of topics, for the entity concerned, as far as they hold', (region) => {
    const order = [...book.topics.keys()]
    for (const kind of ['individual', 'enterprise']) {
      const found = requirements(region, kind)
      expect(found.length).toBeGreaterThan(0)
      const places = found.map(({ topic }) => order.indexOf(topic))
      expect(places).toEqual([...places].sort((a, b) => a - b))
      const group = kind === 'individual' ? 'individual' : 'organisation'
      for (const { id } of found) {
        const fact = book.facts.get(id)
        expect(fact?.appliesTo?.provinces).toEqual([region])
        expect(fact && heldOn(fact, '2026-11-24'), id).toBe(true)
        const scope = fact?.appliesTo?.entities
        expect(scope === undefined || scope.includes(kind) || scope.includes(group), id).toBe(true)
      }
    }
  })

  it('is undefined while the region is open', () => {
    expect(assessed(plain({ 'entity.province': 'unsure' })).province).toBeUndefined()
  })

  it('a fact that was superseded held in its own year, and not today', () => {
    const old = book.facts.get('CN-GD.documents.5')
    expect(old?.superseded).toBe(true)
    expect(requirements('CN-GD', 'enterprise').map(({ id }) => id)).not.toContain('CN-GD.documents.5')
    expect(requirements('CN-GD', 'enterprise', '2019-12-31').map(({ id }) => id)).toContain('CN-GD.documents.5')
  })

  it('SMS verification is told from the day it began in the region', () => {
    const told = (asOf?: string) => requirements('CN-GD', 'enterprise', asOf).some(({ topic }) => topic === 'sms_verification')
    expect(told(SOURCE_DAY)).toBe(false)
    expect(told()).toBe(true)
  })

  it('where sources differ: every position with its date, and the cautious advice', () => {
    const disputed = requirements('CN-GD', 'enterprise').filter(({ conflicts }) => conflicts.length > 0)
    expect(disputed.map(({ id }) => id)).toEqual(expect.arrayContaining(['CN-GD.domain.1', 'CN-GD.domain.2']))
    const [conflict] = disputed[0]?.conflicts ?? []
    expect(conflict?.positions.length).toBeGreaterThan(1)
    expect(conflict?.positions.every(({ date, source }) => date !== '' && book.sources.has(source))).toBe(true)
    expect(conflict?.advice.en).not.toBe('')
  })

  it('the rule for people from elsewhere is for individuals', () => {
    const rule = (kind: string) => assessed(plain({ 'entity.kind': kind })).province?.outOfProvinceIndividual
    expect(rule('individual')?.verdict).toBe('accepted_with_proof')
    expect(rule('enterprise')).toBeUndefined()
  })

  it('what concerns an added provider is told for that filing only', () => {
    const change = plain({ 'entity.filing': 'elsewhere', 'domain.filing': 'same-entity', 'domain.filing.provider': 'elsewhere' })
    const topics = (region: string, answers: typeof change) =>
      assessed({ ...answers, 'entity.province': region }).province?.requirements.map(({ topic }) => topic) ?? []
    const concerned = regions.filter((region) => topics(region, change).includes('adding_access'))
    expect(concerned.length).toBeGreaterThan(0)
    for (const region of concerned) expect(topics(region, plain())).not.toContain('adding_access')
  })
})
