import { describe, expect, it } from 'vitest'
import { answersOnPath } from '../../src/interview/resolve.ts'
import type { Question } from '../../src/interview/schema.ts'
import type { Answers, AnswerValue } from '../../src/rules/answers.ts'
import { loadFollowingBook } from '../../src/interview/following/book.ts'
import { book, dialogs, finished, firstAnswer, keysOn, resolved } from './support.ts'

/** The first filing of a company, all answers plain but for those given. */
const start: Answers = { 'entity.kind': 'enterprise', 'consent.identity': 'yes' }
const asked = (answers: Answers = {}): readonly string[] =>
  keysOn(resolved(finished({ ...start, ...answers }, firstAnswer)))
const sectionsAsked = (keys: readonly string[]) =>
  dialogs.sections
    .filter(({ questions }) => questions.some(({ id }) => keys.includes(id)))
    .map(({ id }) => id)

describe('the application', () => {
  it('follows the assessment in the order of its files', () => {
    expect(dialogs.sections.map(({ id }) => id)).toEqual(
      'filing website province after preparation entity leader site administrator check'.split(' '),
    )
    expect(asked().at(-1)).toBe('application.checked')
  })

  it.each([
    ['where no filing is needed', { 'server.region': 'outside-mainland' }],
    ['where another provider files', { 'server.provider': 'other' }],
    ['for an app', { 'service.kind': 'app' }],
    ['where the domain is on the record of somebody else', { 'domain.filing': 'other-entity' }],
    ['while another order is open', { 'order.open': 'yes' }],
    ['where the site is filed already', { 'domain.filing': 'same-entity', 'entity.filing': 'alibaba-cloud' }],
  ])('is not offered %s', (_, answers: Answers) => {
    expect(asked(answers)).not.toContain('application.start')
  })

  it('ends at once for who wants to do it later', () => {
    expect(asked({ 'application.start': 'later' }).at(-1)).toBe('application.start')
  })

  it('asks nothing personal without consent, and all the rest', () => {
    const keys = asked({ 'consent.personal': 'no' })
    const personal = (question: Question) => question.personal !== 'none'
    expect([...dialogs.questions.values()].filter((one) => personal(one) && keys.includes(one.id))).toEqual(
      [],
    )
    expect(sectionsAsked(keys)).toEqual(
      expect.arrayContaining(['preparation', 'site', 'administrator', 'check']),
    )
    expect(keys).toContain('access.ip')
  })

  it('asks no number of an identity document without a consent of its own', () => {
    const people = { 'administrator.is-leader': 'no' }
    const numbers = ['leader.identity-number', 'administrator.identity-number']
    expect(asked(people)).toEqual(expect.arrayContaining(numbers))
    expect(asked({ ...people, 'consent.identity': 'no' }).filter((key) => numbers.includes(key))).toEqual([])
  })

  it('asks an individual for no second person, no certificate and no second number', () => {
    const keys = asked({ 'entity.kind': 'individual' })
    expect(keys).toContain('leader.name')
    expect(keys.filter((key) => key.startsWith('administrator.'))).toEqual([])
    expect(keys).not.toContain('entity.name')
    expect(keys).not.toContain('leader.phone-2')
  })

  it('asks for the paper only where one is needed', () => {
    expect(asked({ 'website.services': ['none'] })).not.toContain('preapproval.in-hand')
    const news = { 'website.services': ['news'] }
    expect(asked(news)).toContain('site.preapproval-numbers')
    expect(asked({ ...news, 'preapproval.in-hand': 'no' })).not.toContain('site.preapproval-numbers')
  })

  it('asks about a domain only what a domain that is registered has', () => {
    expect(asked()).toEqual(expect.arrayContaining(['domain.verified', 'domain.expiry']))
    const keys = asked({ 'domain.registered': 'no' })
    expect(keys).not.toContain('domain.verified')
    expect(keys).not.toContain('domain.expiry')
  })

  it('knows every answer that a rejection reopens', () => {
    const { rejections } = loadFollowingBook(new URL('../../rules', import.meta.url).pathname, book)
    const unknown = rejections.flatMap(({ keys }) => keys.filter((key) => !dialogs.questions.has(key)))
    expect(unknown).toEqual([])
  })

  it('keeps a typed answer that is left out, and asks again for one that may not be', () => {
    const full = finished(start, (question): AnswerValue =>
      question.skip ? 'unsure' : firstAnswer(question),
    )
    expect(answersOnPath(resolved(full))).toMatchObject({
      'domain.expiry': 'unsure',
      'site.remark': 'unsure',
    })
    expect(resolved({ ...full, 'site.name': 'unsure' }).open?.question.id).toBe('site.name')
  })
})
