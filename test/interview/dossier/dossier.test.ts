import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dossierSchema, type Dossier } from '../../../src/interview/dossier/schema.ts'
import { answersOnPath } from '../../../src/interview/resolve.ts'
import { COMPANY, FOREIGN, PERSON } from '../../support/applicants.ts'
import { anyAnswers, finished, anyAnswerTo, resolved } from '../support.ts'
import { dossierOf, resolvedFrom } from './support.ts'

const CASES = { COMPANY, PERSON, FOREIGN }
const field = ({ formSheet }: Dossier, id: string) =>
  formSheet.flatMap(({ fields }) => fields).find((one) => one.id === id)

describe.each(Object.entries(CASES))('%s', (_name, facts) => {
  const resolution = resolvedFrom(facts)
  const made = dossierOf(resolution)

  it('is complete and checked, and fits its own schema', () => {
    expect(resolution.open?.question.id).toBeUndefined()
    expect(dossierSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made)
    expect(made).toMatchObject({ version: '1.0', complete: true, checked: true, rulesAsOf: '2026-11-24' })
  })

  it('leaves no field open, and puts every typed answer on the sheet but the expiry of the domain', () => {
    const fields = made.formSheet.flatMap((part) => part.fields)
    expect(fields.filter(({ state }) => state === 'open')).toEqual([])
    const typed = resolution.path.filter(({ question }) => question.field !== undefined)
    const shown = new Set(fields.map(({ key }) => key))
    expect(typed.map(({ question }) => question.id).filter((key) => !shown.has(key))).toEqual([
      'domain.expiry',
    ])
  })

  it('names the source of every statement', () => {
    const statements = [
      ...made.results.filing.reasons,
      ...made.flow.flatMap((step) => step.statements),
      ...made.checklist,
      ...(made.province?.requirements ?? []),
      ...made.obligations,
    ]
    for (const { id, sources } of statements) expect(sources, id).not.toEqual([])
    for (const key of statements.flatMap(({ sources }) => sources)) expect(made.sources).toHaveProperty([key])
  })
})

describe('the sheet', () => {
  it('says options in Chinese, also in an English conversation, with the English beside them', () => {
    expect(field(dossierOf(resolvedFrom(COMPANY), 'en'), 'entity-kind')).toMatchObject({
      label: { 'zh-CN': '单位性质' },
      value: '企业',
      english: 'Company (enterprise)',
    })
  })

  it('spells a district out', () => {
    expect(field(dossierOf(resolvedFrom(COMPANY)), 'division')?.value).toBe('浙江省 杭州市 西湖区')
  })

  it('marks what has to be in Chinese and is not, and leaves a foreign name alone', () => {
    const made = dossierOf(resolvedFrom(FOREIGN))
    expect(field(made, 'site-name')).toMatchObject({ value: 'Selina Trading', needsChinese: true })
    expect(field(made, 'leader-name')).not.toHaveProperty('needsChinese')
    const mainland = dossierOf(resolvedFrom({ ...COMPANY, 'leader.name': 'Zhang San' }))
    expect(field(mainland, 'leader-name')).toMatchObject({ needsChinese: true })
  })

  it('takes the leader where the administrator is the same person, and never where it is another', () => {
    expect(field(dossierOf(resolvedFrom(FOREIGN)), 'administrator-name')?.key).toBe('leader.name')
    expect(field(dossierOf(resolvedFrom(COMPANY)), 'administrator-name')?.value).toBe('李𠮷')
    const stopped = { ...COMPANY, 'administrator.name': '' }
    expect(field(dossierOf(resolvedFrom(stopped)), 'administrator-name')?.state).not.toBe('value')
  })

  it('tells left out, not asked for consent, not answered yet, and done there only apart', () => {
    const company = dossierOf(resolvedFrom(COMPANY))
    expect(field(company, 'administrator-phone-2')).toMatchObject({
      state: 'there',
      key: 'administrator.phone-2',
    })
    expect(field(company, 'face-check')).toEqual({
      id: 'face-check',
      label: field(company, 'face-check')?.label,
      state: 'official',
    })
    expect(field(dossierOf(resolvedFrom(PERSON)), 'leader-certificate')?.state).toBe('there')
    const half = Object.fromEntries(Object.entries(COMPANY).filter(([key]) => key !== 'leader.mobile'))
    expect(field(dossierOf(resolvedFrom(half)), 'leader-mobile')?.state).toBe('open')
    expect(field(dossierOf(resolvedFrom(half)), 'leader-name')?.state).toBe('value')
  })

  it('has no field of an organisation for an individual', () => {
    const made = dossierOf(resolvedFrom(PERSON))
    for (const id of ['entity-name', 'entity-certificate', 'leader-phone-2'])
      expect(field(made, id), id).toBeUndefined()
    expect(field(made, 'individual-name')?.value).toBe('陈晓')
  })
})

describe('nothing but the path', () => {
  it('exports exactly the keys on the path, whatever was said in whatever order', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const resolution = resolved(answers)
        expect(Object.keys(dossierOf(resolution).answers)).toEqual(Object.keys(answersOnPath(resolution)))
      }),
      { numRuns: 25 },
    )
  })

  it('forgets all that an earlier change of mind takes off the path', () => {
    const answers = answersOnPath(resolvedFrom(COMPANY))
    const made = dossierOf(resolved({ ...answers, 'application.start': 'later' }))
    expect(JSON.stringify(made)).not.toMatch(/云帆|13800138000|330106198503072417|47\.96\.10\.20/)
    expect(Object.keys(made.answers)).not.toContain('entity.name')
  })

  it('holds at the end of any way through the questions', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (picks) => {
        const choose = (question: Parameters<typeof anyAnswerTo>[0]) =>
          fc.sample(anyAnswerTo(question), { numRuns: 1, seed: Number(picks.next().value) })[0] ?? 'unsure'
        const made = dossierOf(resolved(finished({}, choose)))
        expect(made.complete).toBe(true)
        expect(
          made.formSheet.flatMap(({ fields }) => fields).filter(({ state }) => state === 'open'),
        ).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})
