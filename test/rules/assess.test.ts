import { describe, expect, it } from 'vitest'
import { UNSURE, type Answers } from '../../src/rules/answers.ts'
import { assessed, book, plain } from './book.ts'

/** One case for each result of the table; the first test keeps the list complete. */
const CASES: Readonly<Record<string, Answers>> = {
  'not-required': plain({ 'server.region': 'outside-mainland' }),
  'file-with-server-provider': plain({ 'server.provider': 'other' }),
  'first-time': plain(),
  'service-provider-change': plain({
    'entity.filing': 'elsewhere',
    'domain.filing': 'same-entity',
    'domain.filing.provider': 'elsewhere',
  }),
  'new-website-filed-elsewhere': plain({ 'entity.filing': 'elsewhere' }),
  'new-website-filed-here': plain({ 'entity.filing': 'alibaba-cloud' }),
  'already-filed': plain({
    'entity.filing': 'alibaba-cloud',
    'domain.filing': 'same-entity',
    'domain.filing.provider': 'alibaba-cloud',
  }),
  'cancel-other-first': plain({ 'domain.filing': 'other-entity' }),
  'record-mismatch': plain({ 'domain.filing': 'same-entity' }),
  'finish-open-order': plain({ 'order.open': 'yes' }),
  'use-other-account': plain({ 'entity.filing': 'alibaba-cloud', 'entity.account': 'another-account' }),
  'import-or-claim-first': plain({ 'entity.filing': 'alibaba-cloud', 'entity.account': 'old-platform' }),
  'update-record-first': plain({ 'entity.filing': 'elsewhere', 'entity.changed': 'name' }),
  'cancel-then-first-time': plain({ 'entity.filing': 'elsewhere', 'entity.changed': 'organisation-to-person' }),
  'app-filing': plain({ 'service.kind': 'app' }),
  'file-on-platform': plain({ 'service.kind': 'mini-program' }),
}

describe('filing type', () => {
  it('has a case here for every result', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(book.tables.get('filing-type')?.results ?? {}).sort())
  })

  it.each(Object.entries(CASES))('%s', (type, answers) => {
    const { filing } = assessed(answers)
    expect(filing.type).toBe(type)
    expect(filing.reasons).toHaveLength(1)
    const [reason] = filing.reasons
    expect(reason?.certain).toBe(true)
    expect(reason?.sources.length).toBeGreaterThan(0)
    for (const language of ['zh-CN', 'en'] as const) {
      expect(reason?.text[language]).not.toBe('')
      expect(filing.next[type]?.[language]).not.toBe('')
    }
  })

  it.each(Object.entries(CASES))('%s stays possible when one answer of it is unsure', (type, answers) => {
    for (const key of Object.keys(answers))
      expect(assessed({ ...answers, [key]: UNSURE }).filing.possible, `${key} unsure`).toContain(type)
  })

  it('unsure of what decides: several types, and none is picked', () => {
    const { filing } = assessed(plain({ 'server.region': UNSURE }))
    expect(filing.type).toBeNull()
    expect(filing.possible).toEqual(['not-required', 'first-time'])
    expect(filing.reasons.every(({ certain }) => !certain)).toBe(true)
  })

  it('unsure of what does not decide: still one type', () => {
    expect(assessed(plain({ 'website.interactive': UNSURE })).filing.type).toBe('first-time')
  })
})

describe('commercial licence', () => {
  const licence = (answers: Answers) => assessed(answers).commercialLicence.result
  it('is needed for paid services, and open while nobody knows', () => {
    expect(licence(plain())).toBe('not-required')
    expect(licence(plain({ 'website.commercial': 'yes' }))).toBe('required')
    expect(licence(plain({ 'website.commercial': UNSURE }))).toBe('open')
  })

  it('gives an individual and a representative office another reason than a company', () => {
    const reason = (kind: string) =>
      assessed(plain({ 'website.commercial': 'yes', 'entity.kind': kind })).commercialLicence.reasons[0]?.ruleId
    const reasons = ['enterprise', 'individual', 'foreign-representative-office'].map(reason)
    expect(new Set(reasons).size).toBe(3)
  })
})

describe('documents, duties, notices', () => {
  const documents = (answers: Answers) => assessed(answers).documents.map(({ result }) => result)

  it('an organisation shows its certificate, a person only the own identity', () => {
    expect(documents(plain())).toContain('entity-certificate')
    expect(documents(plain({ 'entity.kind': 'individual' }))).not.toContain('entity-certificate')
    expect(documents(plain({ 'entity.kind': 'individual' }))).toContain('personal-id')
  })

  it('nothing is asked for where nothing is filed', () => {
    const { documents, obligations } = assessed(plain({ 'server.region': 'outside-mainland' }))
    expect(documents).toEqual([])
    expect(obligations).toEqual([])
  })

  it('a duty counts its days from an event', () => {
    const psb = assessed(plain()).obligations.find(({ result }) => result === 'public-security-filing')
    expect(psb?.due).toEqual({ days: 30, after: 'site-opened', workingDays: false })
  })

  it('what rests on an open answer is not certain', () => {
    const paper = assessed(plain({ 'website.services': UNSURE })).documents.find(({ result }) => result === 'pre-approval-paper')
    expect(paper?.certain).toBe(false)
  })

  it('an individual with a forum is warned', () => {
    const notices = assessed(plain({ 'entity.kind': 'individual', 'website.interactive': 'yes' })).notices
    expect(notices.filter(({ certain }) => certain).map(({ result }) => result)).toContain('individual-forum')
  })
})
