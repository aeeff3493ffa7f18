import { describe, expect, it } from 'vitest'
import { changesBetween, differencesBetween } from '../../src/rules/report/changes.ts'
import { firstDay, lastDay, newestDate, oldestYear } from '../../src/rules/report/dates.ts'
import { diffRegions } from '../../src/rules/report/diff.ts'
import { findEntry, findRegion, searchEntries, similarIds } from '../../src/rules/report/find.ts'
import { showRegion } from '../../src/rules/report/show.ts'
import { smallBook } from './small-book.ts'

const TODAY = '2026-11-24'
const book = smallBook()
const ids = (entries: readonly { id: string }[]) => entries.map((entry) => entry.id)

describe('two regions compared', () => {
  const difference = diffRegions(book, 'CN-EE', 'CN-WW', { asOf: TODAY })
  const topic = (id: string) => difference.topics.find((candidate) => candidate.topic === id)

  it('takes facts that differ only in the name of the region for the same', () => {
    expect(topic('domain')?.both.map(ids)).toEqual([['CN-EE.domain.1', 'CN-WW.domain.1']])
    expect(ids(topic('domain')?.first ?? [])).toEqual(['CN-EE.domain.2'])
    expect(topic('domain')?.kind).toBe('different')
    expect(topic('sms_verification')?.kind).toBe('alike')
  })

  it('leaves the side empty that has no rule of its own', () => {
    expect(topic('contact')).toMatchObject({ kind: 'only-second', first: [] })
    expect(ids(topic('contact')?.second ?? [])).toEqual(['CN-WW.contact.1'])
  })

  it('names the topics on which neither has a rule, superseded ones among them', () => {
    expect(difference.neither).toEqual(['footer', 'mailing'])
  })

  it('names the rows of decision tables that decide in one of them only', () => {
    expect(difference.decisions.map(({ table, first, second }) => [table, ids(first), ids(second)])).toEqual([
      ['footer', ['footer.east'], ['footer.new']],
    ])
  })

  it('keeps to the entity asked about', () => {
    const enterprise = diffRegions(book, 'CN-EE', 'CN-WW', { asOf: TODAY, entity: 'enterprise' })
    expect(enterprise.topics.find(({ topic }) => topic === 'domain')?.kind).toBe('alike')
  })

  it('answers for the day asked about', () => {
    const then = diffRegions(book, 'CN-EE', 'CN-WW', { asOf: '2019-06-01' })
    expect(then.topics.find(({ topic }) => topic === 'mailing')?.kind).toBe('only-first')
    expect(then.topics.find(({ topic }) => topic === 'sms_verification')?.kind).toBe('only-first')
    expect(ids(then.decisions[0]?.second ?? [])).toEqual(['footer.old'])
  })
})

describe('one region shown', () => {
  const shown = showRegion(book, 'CN-EE', { asOf: TODAY })

  it('falls back on the national rules where it has none', () => {
    const contact = shown.topics.find(({ topic }) => topic === 'contact')
    expect([ids(contact?.local ?? []), ids(contact?.national ?? [])]).toEqual([[], ['CN.contact.1']])
    const domain = shown.topics.find(({ topic }) => topic === 'domain')
    expect(ids(domain?.local ?? [])).toEqual(['CN-EE.domain.1', 'CN-EE.domain.2'])
  })

  it('carries conflicts, sources and the rows that name the region', () => {
    const [fact] = shown.topics.find(({ topic }) => topic === 'domain')?.local ?? []
    expect(fact?.conflicts[0]?.positions).toHaveLength(2)
    expect(fact?.sources[0]).toMatchObject({ publisher: 'Office', date: '2024-05-06' })
    expect(shown.decisions.map(({ entry }) => entry.id)).toEqual(['footer.east'])
  })

  it('marks what is known only from a source later than the day', () => {
    const then = showRegion(book, 'CN-EE', { asOf: '2019-06-01' })
    expect(then.topics.find(({ topic }) => topic === 'domain')?.local[0]?.knownLater).toBe(true)
    expect(shown.topics[0]?.local[0]?.knownLater).toBe(false)
  })
})

describe('changes of a period', () => {
  const changes = changesBetween(book, { since: '2020-05-27', until: TODAY })
  const about = (id: string) => changes.find((change) => change.entries.some((entry) => entry.id === id))

  it('tells when the text message began and where', () => {
    expect(about('CN-WW.sms_verification.1')).toMatchObject({
      event: 'sms-begins',
      date: '2020-08-17',
      regions: ['CN-WW'],
    })
    expect(about('CN-EE.sms_verification.1')?.event).toBe('stated')
  })

  it('tells what a row took the place of, and only once', () => {
    const change = about('footer.new')
    expect(change).toMatchObject({ event: 'begins', date: '2022-01-01' })
    expect(ids(change?.before ?? [])).toEqual(['footer.old'])
    expect(about('footer.old')).toBeUndefined()
  })

  it('lists facts by the date of their newest source, a year counting as a whole', () => {
    expect(about('CN-WW.contact.1')).toMatchObject({ event: 'stated', date: '2024' })
    const later = changesBetween(book, { since: '2024-12-31', until: TODAY })
    expect(later).toEqual([])
  })

  it('tells what ended with the year of its last source', () => {
    const early = differencesBetween(book, { since: '2019-06-01', until: '2020-05-27' })
    expect(early.map(({ event, entries }) => [event, ids(entries)])).toEqual([['ends', ['CN-EE.mailing.1']]])
  })

  it('tells a fact that took the place of another once', () => {
    const former = book.facts.get('CN-EE.domain.2')
    const later = book.facts.get('CN-EE.domain.1')
    if (!former || !later) throw new Error('the small book has changed')
    const facts = new Map(book.facts)
    facts.set('CN-EE.domain.2', { ...former, until: '2026-10-31' })
    facts.set('CN-EE.domain.1', { ...later, from: '2026-11-01', newest: '2026-10-15' })
    const told = differencesBetween({ ...book, facts }, { since: '2026-10-15', until: TODAY })
    expect(told.map((change) => [change.event, ids(change.entries), ids(change.before)])).toEqual([
      ['begins', ['CN-EE.domain.1'], ['CN-EE.domain.2']],
    ])
  })

  it('keeps to the regions asked about and leaves out what was merely stated anew', () => {
    const east = differencesBetween(book, { since: '2020-05-27', until: TODAY, regions: ['CN-EE'] })
    expect(east).toEqual([])
    const west = differencesBetween(book, { since: '2020-05-27', until: TODAY, regions: ['CN-WW'] })
    expect(west.map(({ event }) => event)).toEqual(['sms-begins', 'begins'])
  })
})

describe('finding', () => {
  it.each(['CN-EE', 'ee', 'East', 'eastland', '东省', '东'])('takes %s for the region', (name) => {
    expect(findRegion(book, name)).toBe('CN-EE')
  })

  it('finds entries by id and words, and ids that resemble a mistyped one', () => {
    expect(findRegion(book, 'North')).toBeUndefined()
    expect(findEntry(book, 'footer.new', TODAY)?.kind).toBe('row')
    expect(findEntry(book, 'footer.knew', TODAY)).toBeUndefined()
    expect(similarIds(book, 'CN-WW.contct.1')[0]).toBe('CN-WW.contact.1')
    expect(ids(searchEntries(book, ['PHONE', 'west'], TODAY))).toEqual(['CN-WW.contact.1'])
  })
})

describe('dates as sources bear them', () => {
  it.each([
    ['2025-12-31 / 2026-05-19', '2026-05-19'],
    ['undated; internal evidence c. 2021-23', '2021'],
    ['2015-2026', '2026'],
    ['undated', 'undated'],
  ])('reads the newest of %s', (text, newest) => {
    expect(newestDate([text])).toBe(newest)
  })

  it('knows the days that a year or month may mean', () => {
    expect([firstDay('2024-02'), lastDay('2024-02'), lastDay('2023'), lastDay('undated')]).toEqual([
      '2024-02-01',
      '2024-02-29',
      '2023-12-31',
      '',
    ])
    expect(oldestYear(['2021', '2019-09'])).toBe('2019')
    expect(oldestYear(['2021', 'undated'])).toBeUndefined()
  })
})
