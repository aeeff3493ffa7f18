import { describe, expect, it } from 'vitest'
import { buildPaperHows, checklist, proveChecklist } from '../../src/interview/checklist.ts'
import { LANGUAGES } from '../../src/language.ts'
import { dossierSchema } from '../../src/interview/dossier/schema.ts'
import { brain } from '../support/brain.ts'
import { book, resolved } from './support.ts'

const { papers, rules } = brain.preCheck
const of = (more: Parameters<typeof resolved>[0]) =>
  checklist(book, papers, resolved({ ...rules.sound, ...more }))

describe('the checklist of a case', () => {
  it('knows how every paper is made', () => {
    expect(proveChecklist(papers, book)).toEqual([])
  })

  it('says of each paper how to make it, with sources of both', () => {
    const items = of({})
    expect(items.length).toBeGreaterThan(4)
    for (const { notes, sources } of items) {
      expect(notes.length).toBe(1)
      for (const language of LANGUAGES) expect(notes[0]?.[language].length).toBeGreaterThan(5)
      expect(sources.every((id) => book.sources.has(id))).toBe(true)
      expect(new Set(sources).size).toBe(sources.length)
    }
    expect(dossierSchema.shape.checklist.safeParse(items).success).toBe(true)
  })

  it('is of this case: one document of a person, the certificate of a company, the paper for its content', () => {
    const labels = (more: Parameters<typeof resolved>[0]) => of(more).map(({ id }) => id)
    expect(labels({}).some((id) => id.startsWith('documents.entity-certificate'))).toBe(true)
    expect(labels({ 'entity.kind': 'individual' })).not.toEqual(labels({}))
    expect(labels({ 'website.services': ['news'] })).toContain('documents.pre-approval-paper')
    expect(labels({})).not.toContain('documents.pre-approval-paper')
  })

  it('leaves out what the answers make needless, and only where they were asked', () => {
    const labels = (more: Parameters<typeof resolved>[0]) => of(more).map(({ id }) => id)
    expect(labels({ 'administrator.is-leader': 'no' })).toContain('documents.administrator-id')
    expect(labels({ 'administrator.is-leader': 'yes' })).not.toContain('documents.administrator-id')
    expect(labels({ 'administrator.is-leader': 'yes' })).not.toContain('documents.authorisation-letter')
    expect(labels({ 'administrator.is-leader': 'unsure' })).toContain('documents.administrator-id')
    const other = { 'administrator.is-leader': 'yes', 'leader.is-legal-representative': 'no' }
    expect(labels(other)).toContain('documents.authorisation-letter')
    const early = checklist(
      book,
      papers,
      resolved({ 'service.kind': 'website', 'server.region': 'mainland' }),
    )
    expect(early.map(({ id }) => id)).toContain('documents.administrator-id')
  })

  it('is found out when a paper or a fact is missing', () => {
    const text = { 'zh-CN': '怎么做', en: 'How' }
    const broken = buildPaperHows([
      {
        path: 'checklist.yaml',
        content: { papers: [{ results: ['leader-id', 'nothing'], how: text, facts: ['doc.none'] }] },
      },
    ])
    const problems = proveChecklist(broken, book).map(({ problem }) => problem)
    expect(problems).toContain('nothing says how this paper is made')
    expect(problems).toContain('the table of documents has no such result')
    expect(problems).toContain('it cites the fact "doc.none", which is not there')
    expect(() => buildPaperHows([])).toThrow(expect.objectContaining({ code: 'rules-invalid' }) as Error)
  })
})
