import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { preCheck } from '../../../src/interview/pre-check/pre-check.ts'
import { whatIfs, type WhatIf } from '../../../src/interview/pre-check/what-if.ts'
import type { Answers } from '../../../src/rules/answers.ts'
import { assess } from '../../../src/rules/assess/assess.ts'
import { brain } from '../../support/brain.ts'
import { anyAnswers, book, resolved, TODAY } from '../support.ts'

const kit = brain.preCheck
const { sound } = kit.rules
const changes = (more: Answers) => whatIfs(kit, resolved({ ...sound, ...more }))
const about = (all: readonly WhatIf[], key: string, value?: string) =>
  all.find((one) => one.key === key && (value === undefined || one.value === value))
const results = (papers: WhatIf['papersGone']) => papers.map(({ result }) => result)

describe('what another answer would change', () => {
  it('is nothing worth telling where all is well', () => {
    expect(changes({ 'administrator.is-leader': 'yes' }).flatMap(({ findingsGone }) => findingsGone)).toEqual(
      [],
    )
  })

  it('without the news no pre-approval is needed', () => {
    const news = about(changes({ 'website.services': ['news'] }), 'website.services', 'news')
    expect(news).toMatchObject({ leftOut: true, approvalsLeft: false })
    expect(news?.approvalsGone.map(({ category }) => category)).toEqual(['news'])
    expect(results(news?.papersGone ?? [])).toContain('pre-approval-paper')
    // The rules say so themselves once it is really left out.
    expect(assess(book, { ...sound, 'website.services': ['none'] }, TODAY).preApprovals).toEqual([])
  })

  it('one of two leaves the other', () => {
    const news = about(changes({ 'website.services': ['news', 'publishing'] }), 'website.services', 'news')
    expect(news?.approvalsLeft).toBe(true)
    expect(results(news?.papersGone ?? [])).not.toContain('pre-approval-paper')
  })

  it('a company instead of an individual files with other papers', () => {
    const company = about(changes({ 'entity.kind': 'individual' }), 'entity.kind', 'enterprise')
    expect(results(company?.papersGone ?? [])).toEqual(['personal-id'])
    expect(results(company?.papersAdded ?? [])).toEqual(
      expect.arrayContaining(['entity-certificate', 'leader-id']),
    )
    expect(company?.findingsGone.map(({ rejection }) => rejection)).toContain('reject.site_name_individual')
  })

  it('Shanghai instead of Gansu takes somebody who lives there', () => {
    const elsewhere = {
      'entity.kind': 'individual',
      'entity.residence': 'elsewhere',
      'entity.residence.province': 'CN-GS',
      'entity.division': '620102',
    }
    const all = changes(elsewhere)
    const shanghai = about(all, 'entity.residence.province', 'CN-SH')
    expect(shanghai?.findingsGone.map(({ rule }) => rule.ruleId)).toContain('residence.CN-GS')
    expect(results(shanghai?.papersAdded ?? [])).toEqual(['extra-local'])
    expect(about(all, 'entity.residence', 'id-province')?.findingsGone.length).toBeGreaterThan(0)
  })

  it('a server abroad needs no filing, and that is all that is said', () => {
    const abroad = about(changes({ 'website.services': ['news'] }), 'server.region', 'outside-mainland')
    expect(abroad?.type?.value).toBe('not-required')
    expect(abroad).toMatchObject({ findingsGone: [], papersGone: [], papersAdded: [] })
  })

  it('a change that gets it rejected is not offered', () => {
    const tianjin = { 'entity.province': 'CN-TJ', 'administrator.is-leader': 'no' }
    expect(about(changes(tianjin), 'administrator.is-leader')).toBeUndefined()
    const fujian = { 'entity.province': 'CN-FJ', 'administrator.is-leader': 'no' }
    expect(results(about(changes(fujian), 'administrator.is-leader')?.papersGone ?? [])).toContain(
      'authorisation-letter',
    )
  })

  it('does not promise what is still foreseen in another way', () => {
    // As a company it needs the same paper, and has not got it either.
    const news = {
      'entity.kind': 'individual',
      'website.services': ['news'],
      'preapproval.in-hand': 'no',
    }
    const company = about(changes(news), 'entity.kind', 'enterprise')
    expect(company?.findingsGone.map(({ rejection }) => rejection)).not.toContain('reject.preapproval')
  })

  it('is tried a bounded number of times', () => {
    const services = book.keys.get('website.services')?.values?.filter((value) => value !== 'none') ?? []
    expect(services.length).toBeGreaterThan(12)
    expect(changes({ 'website.services': services }).length).toBeLessThanOrEqual(12)
  })

  it('holds for any case: what is said to go is gone once the answer is changed', () => {
    fc.assert(
      fc.property(anyAnswers, (more) => {
        const answers = { ...sound, ...more }
        const resolution = resolved(answers)
        const on = Object.fromEntries(resolution.path.map(({ question, value }) => [question.id, value]))
        for (const { key, value, leftOut, approvalsGone, type } of whatIfs(kit, resolution)) {
          const now = on[key]
          const rest = [now ?? []].flat().filter((one) => one !== value)
          const changed = leftOut ? (rest.length > 0 ? rest : ['none']) : value
          expect(now).not.toEqual(changed)
          const after = assess(book, { ...on, [key]: changed }, TODAY)
          for (const { ruleId } of approvalsGone)
            expect(after.preApprovals.map((one) => one.ruleId)).not.toContain(ruleId)
          if (type) expect(after.filing.type).toBe(type.value)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('costs the case nothing: the findings are as before', () => {
    const resolution = resolved({ ...sound, 'domain.holder': 'somebody-else' })
    const before = preCheck(kit, resolution).map(({ id }) => id)
    whatIfs(kit, resolution)
    expect(preCheck(kit, resolution).map(({ id }) => id)).toEqual(before)
  })
})
