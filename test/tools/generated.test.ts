import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { coverage } from '../../src/rules/report/coverage.ts'
import { loadRuleBook } from '../../src/rules/rulebook.ts'
import { coveragePage } from '../../tools/lib/coverage-page.ts'
import { editorSettings, JSON_SCHEMAS, jsonSchemaFiles } from '../../tools/lib/json-schemas.ts'
import { keep } from '../../tools/lib/keep.ts'
import { smallBook } from './small-book.ts'

const root = join(import.meta.dirname, '..', '..')
const book = loadRuleBook(join(root, 'rules'))

describe('coverage', () => {
  it('counts facts, conflicts, low confidence and former facts of a region', () => {
    const [nation, east] = coverage(smallBook())
    expect(nation).toMatchObject({ region: undefined, total: { count: 2, newest: '2024' }, conflicts: 0 })
    expect(east).toMatchObject({
      region: 'CN-EE',
      total: { count: 4 },
      conflicts: 1,
      lowConfidence: 0,
      superseded: 1,
    })
    expect(east?.topics.get('domain')).toEqual({ count: 2, newest: '2024' })
    expect(east?.topics.get('mailing')).toEqual({ count: 1, newest: '2019' })
    expect(east?.topics.has('contact')).toBe(false)
  })

  it('leaves out no fact and gives every region facts of its own', () => {
    const rows = coverage(book)
    expect(rows.reduce((sum, row) => sum + row.total.count, 0)).toBe(book.facts.size)
    expect(rows).toHaveLength(32)
    expect(rows.filter((row) => row.total.count === 0)).toEqual([])
    for (const row of rows)
      expect([...row.topics.values()].reduce((sum, cell) => sum + cell.count, 0)).toBe(row.total.count)
  })

  it('makes a page that names every region and topic in both languages', async () => {
    const page = await coveragePage(book)
    const names = [
      ...[...book.provinces.values()].map(({ name }) => `${name['zh-CN']} ${name.en}`),
      ...[...book.topics]
        .filter(([topic]) => [...book.facts.values()].some((fact) => fact.topic === topic))
        .map(([, { title }]) => `${title['zh-CN']} ${title.en}`),
    ]
    expect(names.filter((name) => !page.includes(name))).toEqual([])
    expect(page).toContain(`**${book.facts.size}** facts`)
    expect(await coveragePage(book)).toBe(page)
  })
})

describe('JSON Schemas for editors', () => {
  const schemas = jsonSchemaFiles()
  const parsed = (path: string) =>
    z.fromJSONSchema(z.record(z.string(), z.json()).parse(JSON.parse(schemas.get(path) ?? '')))
  const described = (glob: string): readonly string[] => {
    const folder = glob.slice(0, glob.lastIndexOf('/'))
    const pattern = new RegExp(
      `^${glob
        .slice(folder.length + 1)
        .replace('.', '\\.')
        .replace('*', '.*')}$`,
    )
    return readdirSync(join(root, folder))
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name))
  }

  it.each(JSON_SCHEMAS.map(({ path, describes }) => [path, describes]))(
    '%s accepts %s',
    (path, describes) => {
      const files = described(describes)
      expect(files.length).toBeGreaterThan(0)
      const schema = parsed(path)
      const refused = files.filter(
        (file) => !schema.safeParse(parse(readFileSync(join(root, file), 'utf8'))).success,
      )
      expect(refused).toEqual([])
    },
  )

  it.each(JSON_SCHEMAS.map(({ path, describes }) => [path, describes]))(
    '%s refuses a field it does not know',
    (path, describes) => {
      const [file] = described(describes)
      const content = z
        .record(z.string(), z.unknown())
        .parse(parse(readFileSync(join(root, file ?? ''), 'utf8')))
      expect(parsed(path).safeParse({ ...content, surprise: 1 }).success).toBe(false)
      expect(parsed(path).safeParse({}).success).toBe(false)
    },
  )

  it('refuses a fact without its English text, a source without a date, a question with no option', () => {
    const text = { 'zh-CN': '一', en: 'One' }
    const fact = {
      id: 'a.b',
      topic: 't',
      text,
      sources: ['s'],
      newest: '2024',
      confidence: 'high',
      evidence: 'read',
    }
    const facts = parsed('rules/schema/facts.json')
    expect(facts.safeParse({ facts: [fact] }).success).toBe(true)
    expect(facts.safeParse({ facts: [{ ...fact, text: { 'zh-CN': '一' } }] }).success).toBe(false)
    expect(facts.safeParse({ facts: [{ ...fact, newest: 'lately' }] }).success).toBe(false)
    const source = { title: 'T', publisher: 'P', date: '2024', readOn: '2026-11', evidence: 'read' }
    const sources = parsed('rules/schema/sources.json')
    expect(sources.safeParse({ sources: { s: source } }).success).toBe(true)
    expect(sources.safeParse({ sources: { s: { ...source, date: undefined } } }).success).toBe(false)
    const question = { id: 'a.b', label: text, ask: text, why: text, facts: ['f'] }
    const section = { id: 's', title: text, shows: ['notices'], questions: [question] }
    const sections = parsed('dialogs/schema/section.json')
    expect(sections.safeParse(section).success).toBe(true)
    const none = { ...question, options: [] }
    expect(sections.safeParse({ ...section, questions: [none] }).success).toBe(false)
  })

  it('leads the editor from every file to its schema', () => {
    const settings = z
      .object({ 'yaml.schemas': z.record(z.string(), z.string()) })
      .parse(JSON.parse(editorSettings()))
    expect(Object.keys(settings['yaml.schemas']).map((path) => path.slice(2))).toEqual([...schemas.keys()])
  })
})

describe('keeping generated files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keep-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('writes, finds what is out of date, missing or left over, and mends it', () => {
    const files = new Map([
      ['out/a.txt', 'a'],
      ['out/b.txt', 'b'],
    ])
    const kept = { root: folder, files, only: 'out', command: 'npm run it' }
    expect(() => keep(kept, true)).toThrow(/out\/a\.txt\n {2}out\/b\.txt[^]*npm run it/)
    expect(keep(kept, false)).toContain('2 written')
    expect(keep(kept, true)).toContain('up to date')
    writeFileSync(join(folder, 'out/a.txt'), 'edited by hand')
    writeFileSync(join(folder, 'out/stale.txt'), '')
    expect(() => keep(kept, true)).toThrow(/out\/a\.txt\n {2}out\/stale\.txt/)
    keep(kept, false)
    expect(readdirSync(join(folder, 'out'))).toEqual(['a.txt', 'b.txt'])
    expect(keep(kept, true)).toContain('up to date')
    cpSync(join(folder, 'out/a.txt'), join(folder, 'out/b.txt'))
    expect(() => keep(kept, true)).toThrow(/out\/b\.txt/)
  })
})
