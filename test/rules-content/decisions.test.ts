import { describe, expect, it } from 'vitest'
import { knowledgeFrom } from '../../src/rules/answers.ts'
import { changesToReport } from '../../src/rules/assess/changes.ts'
import { openKeys } from '../../src/rules/assess/open-keys.ts'
import { assessed, book, TODAY } from './book.ts'

const NEW_TABLES = [
  'residence',
  'leader',
  'administrator',
  'leader-age',
  'identity-verification',
  'domain-requirements',
  'server-requirements',
  'sites-limit',
  'public-security',
  'footer',
  'empty-shell',
  'changes',
]

describe('rows of the new tables', () => {
  it.each(NEW_TABLES)(
    '%s: each row has a reason in both languages, a fact and a source that the fact knows',
    (id) => {
      for (const row of book.tables.get(id)?.rows ?? []) {
        expect(row.because['zh-CN'], row.id).toMatch(/\p{Script=Han}/u)
        expect(row.because.en, row.id).toMatch(/[a-z]/)
        const known = (row.facts ?? []).flatMap((fact) => book.facts.get(fact)?.sources ?? [])
        expect(
          row.sources.some((source) => known.includes(source)),
          row.id,
        ).toBe(true)
      }
    },
  )
})

describe('empty shells', () => {
  const shell = (more: Record<string, string>) =>
    assessed({ 'entity.filing': 'alibaba-cloud', ...more }).emptyShell.result
  it('adds a site directly where the province allows it, and cancels first elsewhere', () => {
    expect(shell({ 'entity.websites': 'none-left', 'entity.province': 'CN-GZ' })).toBe('add-directly')
    expect(shell({ 'entity.websites': 'none-left', 'entity.province': 'CN-HA' })).toBe('cancel-entity-first')
    expect(shell({ 'domain.filing': 'same-entity', 'domain.access': 'cancelled' })).toBe('refile-access')
    expect(shell({})).toBe('keep-resolving')
    expect(shell({ 'entity.websites': 'none-left', 'entity.province': 'unsure' })).toBeNull()
  })
})

describe('changes to report', () => {
  const change = (kind: string, more = {}) => assessed({ 'change.kind': kind, ...more }).changes

  it('is nothing until something changed', () => {
    expect(assessed().changes.result).toBe('nothing')
  })

  it.each([
    ['entity-name', 'change-filing'],
    ['domain-added', 'new-website'],
    ['server-other-provider', 'access-filing'],
    ['website-closed', 'cancel-website'],
    ['entity-closed', 'cancel-entity'],
    ['province', 'cancel-and-file-again'],
  ])('%s: %s', (kind, result) => {
    expect(change(kind).result).toBe(result)
  })

  it('asks holders of a licence to report a new address of the server, and nobody else', () => {
    expect(change('server-same-provider').result).toBe('nothing')
    expect(change('server-same-provider', { 'website.commercial': 'yes' }).result).toBe('change-filing')
    expect(change('server-same-provider', { 'website.commercial': 'unsure' }).result).toBeNull()
  })

  it('gives 30 days ahead for services, 10 working days for data', () => {
    expect(change('website-services').reasons[0]?.data['deadline']?.en).toContain('30 days before')
    expect(change('contact-data').reasons[0]?.due).toEqual({
      days: 10,
      after: 'change-happened',
      workingDays: true,
    })
  })

  it('lists what every kind of change asks for', () => {
    const all = changesToReport(
      book,
      knowledgeFrom(book, { 'entity.province': 'CN-BJ', 'website.commercial': 'no' }),
      TODAY,
    )
    expect(all).toHaveLength(22)
    expect(all.filter((decision) => decision.result === null)).toEqual([])
    expect(all.find((decision) => decision.kind === 'person-to-organisation')?.reasons[0]?.ruleId).toBe(
      'changes.person-to-organisation-refused',
    )
  })
})

describe('keys of the new tables', () => {
  const complete = {
    'service.kind': 'website',
    'server.region': 'mainland',
    'server.provider': 'alibaba-cloud',
    'entity.kind': 'enterprise',
    'entity.province': 'CN-ZJ',
    'entity.filing': 'none',
    'domain.filing': 'none',
    'website.services': ['none'],
    'website.commercial': 'no',
    'website.interactive': 'no',
    'leader.residency': 'mainland',
  }
  it('are open only when somebody says that they are unsure', () => {
    expect(openKeys(book, complete, TODAY)).toEqual([])
    expect(openKeys(book, { ...complete, 'server.billing': 'unsure' }, TODAY)).toEqual(['server.billing'])
    expect(openKeys(book, { ...complete, 'leader.age': 'unsure' }, TODAY)).toEqual(['leader.age'])
  })
})
