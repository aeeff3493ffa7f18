import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBooks } from '../../tools/lib/report-context.ts'
import { rulesCommand } from '../../tools/lib/rules-command.ts'
import { todayInChina } from '../../tools/lib/today.ts'
import { columnsOf } from '../../tools/lib/width.ts'

const root = join(import.meta.dirname, '..', '..')
const books = readBooks(join(root, 'rules'), join(root, 'dialogs'))
const { book } = books
const around = { locale: 'C.UTF-8', today: '2026-11-24', columns: 100, root, books }
const rules = (...argv: string[]) => rulesCommand(argv, around)
/** Wrapping breaks lines anywhere: compare without borders and spaces, cells of a row one after another. */
const flat = (text: string) => {
  const blocks = text.split(/\n(?=[┌├└])/).map((block) => {
    const rows = block.split('\n').filter((line) => !/^[┌├└]/.test(line))
    const cells = rows.map((row) => (row.startsWith('│') ? row.split('│') : [row]))
    const columns = Math.max(0, ...cells.map((row) => row.length))
    return Array.from({ length: columns }, (_, column) =>
      cells.map((row) => row[column] ?? '').join(''),
    ).join('')
  })
  return blocks.join('').replace(/\s/g, '')
}
/** Says which parts are missing, so that a failure does not print a whole report. */
const missing = (text: string, parts: readonly string[]) =>
  parts.filter((part) => !flat(text).includes(part.replace(/\s/g, '')))

describe('npm run rules', () => {
  it('compares two regions, named as people name them, in either language', () => {
    const english = rules('diff', 'Sichuan', 'guangdong', '--lang', 'en')
    const chinese = rules('diff', '四川', 'CN-GD', '--lang', 'zh-CN')
    expect(english.split('\n')[0]).toBe('Sichuan and Guangdong compared, As of 2026-11-24')
    expect(chinese.split('\n')[0]).toBe('四川省 与 广东省 的不同、截至 2026-11-24')
    const ids = ['CN-SC.domain.1', 'CN-GD.domain.1', 'CN-GD.contact.1', 'filing-type.empty-shell']
    const contact = book.facts.get('CN-GD.contact.1')?.text
    expect(
      missing(english, [...ids, 'no local rule known: national rule applies', contact?.en ?? '?']),
    ).toEqual([])
    expect(missing(chinese, [...ids, '未见本省规定，按全国规则办理', contact?.['zh-CN'] ?? '?'])).toEqual([])
  })

  it.each(['zh-CN', 'en'] as const)('shows in %s id, source, date, confidence and conflicts', (language) => {
    const text = rules('show', 'CN-ZJ', '--lang', language)
    const fact = book.facts.get('CN-ZJ.change.1')
    const [conflict] = (fact?.conflictsWith ?? []).map((id) => book.conflicts.get(id))
    expect(conflict).toBeDefined()
    const parts = [
      'CN-ZJ.change.1',
      fact?.text[language] ?? '?',
      conflict?.advice[language] ?? '?',
      ...(conflict?.positions.map((position) => position.says[language]) ?? []),
      ...(fact?.sources.map((id) => book.sources.get(id)?.title ?? '?') ?? []),
      language === 'en' ? `newest source: ${fact?.newest}` : `最新依据：${fact?.newest}`,
      language === 'en' ? 'confidence: medium' : '可信度：中',
    ]
    expect(missing(text, parts)).toEqual([])
  })

  it('keeps to individuals when asked about them', () => {
    const individual = rules('show', '浙江', '个人')
    expect(missing(individual, ['CN-ZJ.adding_access.1', 'CN-ZJ.adding_access.2'])).toEqual([
      'CN-ZJ.adding_access.1',
    ])
  })

  it('gives what held then, what holds now, and what changed between', () => {
    const then = rules('show', 'CN-GD', '--as-of', '2020-05-27', '--lang', 'en')
    const now = rules('show', 'CN-GD', '--lang', 'en')
    const parts = ['not yet (begins 2020-08-17)', 'What has changed from 2020-05-27 to today (2026-11-24)']
    expect(missing(then, [...parts, 'pre-approval.religion'])).toEqual([])
    expect(missing(now, parts)).toEqual(parts)
  })

  it('knows the 22 regions with text messages on 2020-05-27 and all 31 today', () => {
    const asked = (...day: string[]) =>
      [...book.provinces.keys()].filter(
        (region) => missing(rules('show', region, ...day), ['not yet (begins']).length > 0,
      )
    expect(asked('--as-of', '2020-05-27')).toHaveLength(22)
    expect(asked()).toHaveLength(31)
  })

  it('lists changes with what held before', () => {
    const parts = ['2020-08-17', 'CN-BJ.sms_verification.1', '2025-12-22', 'pre-approval.medicine-filing']
    const before = ['pre-approval.medicine-certificate', '22 regions had it already']
    expect(missing(rules('changes', '--since', '2020-05-27'), [...parts, ...before])).toEqual([])
    const local = rules('changes', '--since', '2020-05-27', '广东', '--lang', 'zh')
    expect(missing(local, ['CN-BJ.', 'CN-GD.sms_verification.1'])).toEqual(['CN-BJ.'])
  })

  it('finds one rule and rules by words', () => {
    expect(missing(rules('fact', 'sms.scope.now'), ['2020-08-17'])).toEqual([])
    expect(missing(rules('fact', 'sms.scope.May 2020 overview'), ['no longer stated'])).toEqual([])
    expect(rules('search', '居住证', '--lang', 'zh').split('\n')[0]).toMatch(/^搜索“居住证”：[1-9]\d* 条$/)
    expect(rules('search', 'no such words at all')).toContain('Nothing found.')
  })

  it.each([
    ['diff', '浙江', '江苏'],
    ['show', 'CN-SH'],
    ['changes', '--since', '2025-12-01'],
  ])('fills no line wider than the terminal: %s', (...argv) => {
    for (const language of ['zh-CN', 'en'])
      for (const width of [60, 97, 140]) {
        const lines = rules(...argv, '--lang', language, '--width', String(width)).split('\n')
        const tables = lines.filter((line) => /^[┌│├└]/.test(line))
        expect(tables.length).toBeGreaterThan(10)
        expect(new Set(tables.map(columnsOf))).toEqual(new Set([width]))
      }
  })

  it.each([
    [['diff', 'CN-XX', 'CN-GD'], /Unknown region “CN-XX”.*\n.*CN-ZJ Zhejiang/],
    [['diff', 'CN-GD'], /Name two regions/],
    [['diff', 'CN-GD', '广东'], /the same/],
    [['show', 'CN-GD', 'martian'], /Unknown kind of entity “martian”[^]*enterprise/],
    [['show', 'CN-GD', '--as-of', '2025-02-31'], /“2025-02-31” is not a date/],
    [['changes'], /--since/],
    [['changes', '--since', '2027-01-01'], /lies after/],
    [['fact', 'sms.scop.now'], /sms\.scope\.now/],
    [['shwo'], /no command “shwo”[^]*npm run rules -- show/],
    [['show', 'CN-GD', '--colour'], /colour[^]*npm run rules -- show/],
    [['show', 'CN-GD', '--lang', 'fr'], /no language “fr”/],
    [['show', 'CN-GD', '--width', '12'], /60 to 300/],
  ])('says what is possible instead of %j', (argv, message) => {
    expect(() => rules(...argv)).toThrow(message)
  })

  it('speaks the language of the terminal unless told otherwise', () => {
    const chinese = { ...around, locale: 'zh_CN.UTF-8' }
    expect(rulesCommand(['fact', 'sms.scope.now'], chinese)).toContain('编号')
    expect(rulesCommand(['fact', 'sms.scope.now', '--lang', 'en'], chinese)).toContain('Sources')
  })

  it('runs as a program, and exits with 1 and no trace on wrong input', () => {
    const tool = join(root, 'tools', 'rules.ts')
    const tsx = join(root, 'node_modules', '.bin', 'tsx')
    const env = { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }
    expect(execFileSync(tsx, [tool, 'fact', 'sms.scope.now'], { encoding: 'utf8', env })).toContain('来源')
    const wrong = spawnSync(tsx, [tool, 'show', 'Atlantis'], { encoding: 'utf8', env })
    expect([wrong.status, wrong.stdout]).toEqual([1, ''])
    expect(wrong.stderr).toMatch(/^不认识地区“Atlantis”/)
    expect(wrong.stderr).not.toContain('at ')
  })

  it('takes the day of mainland China for today', () => {
    expect(todayInChina(new Date('2026-11-23T15:59:59Z'))).toBe('2026-11-23')
    expect(todayInChina(new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24')
  })
})
