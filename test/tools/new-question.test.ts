import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadDialogs } from '../../src/interview/dialogs.ts'
import { loadRuleBook } from '../../src/rules/rulebook.ts'
import { newQuestionCommand } from '../../tools/lib/new-question-command.ts'

const repository = join(import.meta.dirname, '..', '..')
const FILES = ['dialogs/2-website.yaml', 'rules/keys.yaml']
const LABELS = ['--label-zh', '网站语言', '--label-en', 'Languages: "all" of them']

describe('npm run new:question', () => {
  let root = ''
  let original: Readonly<Record<string, string>> = {}
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'question-'))
    for (const folder of ['rules', 'dialogs'])
      cpSync(join(repository, folder), join(root, folder), { recursive: true })
    original = Object.fromEntries(FILES.map((path) => [path, read(path)]))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const ask = (...argv: string[]) => newQuestionCommand(argv, { locale: 'C', root })
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  /** The lines that were put in; fails where anything else changed. */
  const inserted = (path: string): string => {
    const before = original[path] ?? ''
    const after = read(path)
    let start = 0
    while (before[start] === after[start] && start < before.length) start += 1
    let end = 0
    while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
    expect(start + end).toBe(before.length)
    return after.slice(start, after.length - end)
  }

  it('adds a question that loads, and its key, and touches nothing else', () => {
    const said = ask(
      '--section',
      'website',
      '--id',
      'website.languages',
      '--values',
      'chinese,yes,2',
      ...LABELS,
    )
    const question = loadDialogs(join(root, 'dialogs')).questions.get('website.languages')
    expect(question?.options?.map((option) => option.value)).toEqual(['chinese', 'yes', '2'])
    expect(question?.label).toEqual({ 'zh-CN': '网站语言', en: 'Languages: "all" of them' })
    expect(loadRuleBook(join(root, 'rules')).keys.get('website.languages')?.values).toEqual([
      'chinese',
      'yes',
      '2',
    ])
    expect(inserted('dialogs/2-website.yaml')).toContain('website.languages')
    expect(inserted('rules/keys.yaml')).toContain('website.languages')
    for (const part of ['dialogs/2-website.yaml', 'TODO', 'npm run map', 'npm run check'])
      expect(said).toContain(part)
  })

  it('puts it behind the question named, with condition, and "not sure"', () => {
    ask(
      '--section',
      'website',
      '--id',
      'site.kinds',
      '--type',
      'choices',
      '--values',
      'a,b',
      ...LABELS,
      '--after',
      'website.services',
      '--unsure',
      '--when',
      '{ server.region: mainland }',
    )
    const dialogs = loadDialogs(join(root, 'dialogs'))
    const website = dialogs.sections.find((section) => section.id === 'website')
    const ids = website?.questions.map((question) => question.id) ?? []
    expect(ids.indexOf('site.kinds')).toBe(ids.indexOf('website.services') + 1)
    expect(dialogs.questions.get('site.kinds')).toMatchObject({
      unsure: true,
      when: { 'server.region': 'mainland' },
    })
    expect(loadRuleBook(join(root, 'rules')).keys.get('site.kinds')?.type).toBe('choices')
    inserted('dialogs/2-website.yaml')
  })

  it('takes type and values of a key that the rules know already', () => {
    const keys = join(root, 'rules/keys.yaml')
    writeFileSync(
      keys,
      read('rules/keys.yaml').replace(
        'keys:\n',
        'keys:\n  site.colours:\n    type: choices\n    values: [red, blue]\n',
      ),
    )
    const before = read('rules/keys.yaml')
    ask('--section', 'website', '--id', 'site.colours', ...LABELS)
    const question = loadDialogs(join(root, 'dialogs')).questions.get('site.colours')
    expect(question?.options?.map((option) => option.value)).toEqual(['red', 'blue'])
    expect(read('rules/keys.yaml')).toBe(before)
  })

  it('asks for something typed, of which the rules know no values', () => {
    ask(
      '--section',
      'website',
      '--id',
      'contact.email',
      '--type',
      'field',
      '--field',
      'email',
      '--skip',
      ...LABELS,
    )
    const question = loadDialogs(join(root, 'dialogs')).questions.get('contact.email')
    expect(question).toMatchObject({ field: 'email', skip: true, unsure: false })
    expect(question?.options).toBeUndefined()
    expect(read('rules/keys.yaml')).toBe(original['rules/keys.yaml'])
    const wrong = [
      '--section',
      'website',
      '--id',
      'contact.fax',
      '--type',
      'field',
      '--field',
      'fax',
      ...LABELS,
    ]
    expect(() => ask(...wrong)).toThrow(/no field “fax”.*email/)
  })

  it('asks for a region without options', () => {
    ask('--section', 'website', '--id', 'site.region', '--type', 'region', ...LABELS)
    expect(loadDialogs(join(root, 'dialogs')).questions.get('site.region')?.options).toBeUndefined()
    expect(loadRuleBook(join(root, 'rules')).keys.get('site.region')?.type).toBe('region')
  })

  it.each([
    [['--section', 'website', '--id', 'website.services', '--values', 'a,b'], /exists already/],
    [['--section', 'website', '--id', 'Website', '--values', 'a,b'], /cannot be an id/],
    [['--section', 'website', '--id', 'website.a_b', '--values', 'a,b'], /cannot be an id/],
    [['--section', 'sites', '--id', 'website.x', '--values', 'a,b'], /no section “sites”.*website/],
    [['--section', 'website', '--id', 'website.x', '--values', 'a'], /at least two values/],
    [['--section', 'website', '--id', 'website.x', '--values', 'a,a'], /at least two values/],
    [['--section', 'website', '--id', 'website.x', '--values', 'a,b,a'], /named twice/],
    [['--section', 'website', '--id', 'website.x', '--values', 'a,B'], /“B” cannot be a value/],
    [['--section', 'website', '--id', 'website.x', '--values', 'a,b', '--type', 'date'], /no type “date”/],
    [
      ['--section', 'website', '--id', 'website.x', '--values', 'a,b', '--after', 'no.such'],
      /no question “no\.such”/,
    ],
    [
      ['--section', 'website', '--id', 'website.x', '--values', 'a,b', '--when', '{ a: { b: c } }'],
      /Cannot read the condition/,
    ],
  ])('refuses %j and writes nothing', (argv, message) => {
    expect(() => ask(...argv, ...LABELS)).toThrow(message)
    for (const path of FILES) expect(read(path)).toBe(original[path])
  })
})
