import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { buildFollowingBook } from '../../../src/interview/following/book.ts'
import { buildPreCheckKit, type PreCheckKit } from '../../../src/interview/pre-check/kit.ts'
import { preCheck } from '../../../src/interview/pre-check/pre-check.ts'
import { provePreCheck } from '../../../src/interview/pre-check/prove-pre-check.ts'
import { LANGUAGES } from '../../../src/language.ts'
import { brain } from '../../support/brain.ts'
import { dialogs, resolved } from '../support.ts'
import { replace, textsIn, type Edit } from '../../proof/support.ts'

const kit = brain.preCheck
const { rules, sound } = kit.rules
const idsOf = (answers: Parameters<typeof resolved>[0]) =>
  preCheck(kit, resolved(answers)).map(({ id }) => id.split(' ')[0])

/** The kit with one edit of pre-check.yaml. */
function edited(edit: Edit): PreCheckKit {
  const files = [...textsIn('rules')].map(([path, text]) => ({
    path,
    content: parse(path === 'pre-check.yaml' ? (edit(text) ?? '') : text) as unknown,
  }))
  const { book, values } = kit
  return buildPreCheckKit(files, { book, values, rejections: buildFollowingBook(files, book).rejections })
}

describe('the rules of the pre-check', () => {
  it('hang together with facts, dialogs and tables', () => {
    expect(provePreCheck(kit, dialogs)).toEqual([])
  })

  it('find nothing in the sound case', () => {
    expect(idsOf(sound)).toEqual([])
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s: set off, explained, mended', (id, rule) => {
    const example = { ...sound, ...rule.example }
    const found = preCheck(kit, resolved(example)).filter((finding) => finding.id.split(' ')[0] === id)
    expect(found.length).toBeGreaterThan(0)
    for (const finding of found) {
      for (const language of LANGUAGES)
        for (const text of [finding.rule.label, finding.rule.text, finding.fix])
          expect(text[language].length).toBeGreaterThan(3)
      expect(finding.rule.sources.length).toBeGreaterThan(0)
      expect(finding.keys.length).toBeGreaterThan(0)
      expect(finding.keys.every((key) => Object.hasOwn(example, key))).toBe(true)
    }
    expect(idsOf({ ...example, ...rule.mended })).not.toContain(id)
  })

  it('foresee every rejection, or say why not', () => {
    const all = [...kit.book.facts.keys()].filter((id) => id.startsWith('reject.')).sort()
    const foreseen = rules.flatMap(({ rejection }) => rejection ?? [])
    const unforeseen = kit.rules.unforeseen.map(({ rejection }) => rejection)
    expect([...new Set([...foreseen, ...unforeseen])].sort()).toEqual(all)
    expect(foreseen.filter((id) => unforeseen.includes(id))).toEqual([])
  })

  const first = 'id: precheck.domain-unverified'
  const after = (line: RegExp, by: string): Edit => {
    const at = new RegExp(`(${first}[\\s\\S]*?)${line.source}`)
    return replace(at, `$1${by}`)
  }
  it.each<readonly [string, Edit, string]>([
    ['a fact', after(/domain\.realname\.required/, 'domain.realname.wanted'), 'cites the fact'],
    ['a key', after(/keys: \[domain\.verified\]/, 'keys: [domain.verifyed]'), 'no dialog asks'],
    ['a rejection', after(/reject\.not_in_db/, 'reject.not_in_list'), 'is no rejection'],
    ['a condition', after(/domain\.verified: "no" }/, 'domain.verified: never }'), 'a value it cannot have'],
    [
      'a result',
      replace('results: [holder-disputed]', 'results: [holder-in-dispute]'),
      'has no result "holder-in-dispute"',
    ],
    [
      'an example',
      after(/example: { domain\.verified: "no" }/, 'example: { domain.verified: recent }'),
      'does not set it off',
    ],
    ['what mends', after(/mended: { domain\.verified: "yes" }/, 'mended: { site.name: 青田 }'), 'it stays'],
    [
      'the sound case',
      replace('leader.email: zhang@example.cn', 'leader.email: li@example.cn'),
      'is found fault',
    ],
    ['an id', replace('id: precheck.domain-just-verified', 'id: precheck.domain-unverified'), 'have this id'],
    ['a reason', replace(/ {2}- rejection: reject\.face\n.*\n/, ''), 'no rule foresees'],
    ['a try', replace('to: [subscription]', 'to: [monthly]'), 'cannot be "monthly"'],
  ])('are found out when %s is wrong', (_, edit, says) => {
    const problems = provePreCheck(edited(edit), dialogs)
    expect(problems.map(({ problem }) => problem).join('\n')).toContain(says)
    for (const { file, remedy } of problems) {
      expect(file).toBe('rules/pre-check.yaml')
      expect(remedy).not.toBe('')
    }
  })

  it.each([
    ['a language', after(/text: { zh-CN: [^,]*, en: /, 'text: { en: ')],
    ['a check nobody wrote', replace('check: several-domains', 'check: many-domains')],
    ['a severity nobody knows', after(/severity: rejects/, 'severity: fatal')],
  ])('cannot be read with %s', (_, edit) => {
    expect(() => edited(edit)).toThrow(expect.objectContaining({ code: 'rules-invalid' }) as Error)
  })

  it('keep their shape when written anew', () => {
    const text = stringify(parse(textsIn('rules').get('pre-check.yaml') ?? ''))
    expect(edited(() => text).rules.rules).toHaveLength(rules.length)
    expect(z.array(z.object({ id: z.string() })).parse(rules).length).toBeGreaterThan(80)
  })
})
