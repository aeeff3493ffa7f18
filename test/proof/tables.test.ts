import { describe, expect, it } from 'vitest'
import { periodsOf } from '../../src/rules/proof/tables/days.ts'
import { breakRules, copied, expectProblem, removeEntry, replace, within, type Edit } from './support.ts'

const FILING = 'decisions/filing-type.yaml'
const PRE = 'decisions/pre-approval.yaml'

/** Breaks of decision tables: the message carries the smallest case that shows it. */
type Break = readonly [
  what: string,
  path: string,
  edit: Edit,
  place: string,
  problem: RegExp,
  example?: RegExp,
]
const BREAKS: readonly Break[] = [
  ['a row deleted', FILING, removeEntry('filing-type.renamed'), 'rows', /a gap/, /entity\.changed is name/],
  [
    'a row deleted in one region only',
    PRE,
    within('pre-approval.education-still-asked', replace('[CN-ZJ, CN-QH, CN-XZ]', '[CN-ZJ, CN-QH]')),
    'rows',
    /a gap/,
    /^category is education; entity\.province is CN-XZ \(/,
  ],
  [
    'a row that ends too early',
    PRE,
    within('pre-approval.religion-before', replace('2022-02-28', '2021-12-31')),
    'rows',
    /a gap/,
    /^category is religion \(from 2022-01-01\)$/,
  ],
  [
    'a row that begins too early',
    PRE,
    within('pre-approval.religion', replace('2022-03-01', '2022-02-01')),
    'pre-approval.religion',
    /overlap.*"pre-approval\.religion-before"/,
    /category is religion \(from 2022-02-01\)/,
  ],
  [
    'two rows for one case',
    FILING,
    within('filing-type.app', replace('service.kind: app', 'service.kind: [app, mini-program]')),
    'filing-type.file-on-platform',
    /shadowed.*"filing-type\.app"/,
    /service\.kind is mini-program/,
  ],
  [
    'a row that answers a little of another',
    FILING,
    within(
      'filing-type.other-provider',
      replace(
        ', server.provider: other',
        ', server.provider: [other, alibaba-cloud], domain.filing: other-entity',
      ),
    ),
    'filing-type.domain-of-other-entity',
    /shadowed|overlap/,
  ],
  [
    'a copied row',
    'decisions/commercial-licence.yaml',
    copied('commercial-licence.free', (row) => row.replace('.free', '.gratis')),
    'commercial-licence.gratis',
    /shadowed.*commercial-licence\.free/,
  ],
  [
    'a row that cannot hold',
    FILING,
    within(
      'filing-type.other-provider',
      replace('server.region: mainland', 'server.region: outside-mainland'),
    ),
    'filing-type.other-provider',
    /no case ever reaches this row/,
    /server\.region/,
  ],
  [
    'a misspelt value',
    FILING,
    within('filing-type.app', replace('service.kind: app', 'service.kind: apps')),
    'filing-type.app',
    /"service\.kind" with "apps", a value it cannot have/,
  ],
  [
    'a misspelt key',
    FILING,
    within('filing-type.app', replace('service.kind: app', 'service.kinds: app')),
    'filing-type.app',
    /"service\.kinds", which nothing declares/,
  ],
  [
    'a region that is none',
    PRE,
    within('pre-approval.education-still-asked', replace('CN-QH', 'CN-QQ')),
    'pre-approval.education-still-asked',
    /"CN-QQ"/,
  ],
  [
    'a result that is not declared',
    FILING,
    within('filing-type.app', replace('result: app-filing', 'result: app-fling')),
    'filing-type.app',
    /result "app-fling", which the table does not declare/,
  ],
  [
    'a result that no row gives',
    'decisions/obligations.yaml',
    replace('results:\n', 'results:\n  rest: { label: { zh-CN: 休息, en: Take a rest } }\n'),
    'results › rest',
    /no row gives this result/,
  ],
  [
    'a result without a next step',
    FILING,
    replace(/ {4}next:\n {6}zh-CN:.*\n {6}en:.*\n/, ''),
    'results › not-required',
    /no next step/,
  ],
  [
    'an input left over',
    'decisions/sms-recipient.yaml',
    replace('inputs: [filing-type]', 'inputs: [filing-type, server.region]'),
    'inputs',
    /"server\.region" is declared, but no row asks/,
  ],
  [
    'an input not declared',
    FILING,
    replace('  - order.open\n', ''),
    'inputs',
    /"order\.open", which the table does not declare/,
  ],
  [
    'an input that nothing declares',
    'decisions/sms-recipient.yaml',
    replace('inputs: [filing-type]', 'inputs: [filing-type, moon.phase]'),
    'inputs',
    /"moon\.phase" is declared nowhere/,
  ],
  [
    'a paper listed twice',
    'decisions/documents.yaml',
    copied('documents.domain-verified', (row) =>
      row.replace('documents.domain-verified', 'documents.domain-again'),
    ),
    'documents.domain-again',
    /shadowed.*listed twice/,
  ],
  [
    'a row that ends before it begins',
    PRE,
    within(
      'pre-approval.religion',
      replace('from: "2022-03-01"', 'from: "2022-03-01"\n    until: "2022-01-01"'),
    ),
    'pre-approval.religion',
    /ends \(2022-01-01\) before it begins/,
  ],
  [
    'a row under a foreign name',
    FILING,
    replace('- id: filing-type.app\n', '- id: type.app\n'),
    'type.app',
    /does not begin with "filing-type\."/,
  ],
]

it.each(BREAKS.map((each) => [each[0], each] as const))(
  '%s',
  (_, [, path, edit, place, problem, example]) => {
    const problems = breakRules(path, edit).filter((found) => found.place === place)
    expectProblem(problems, { file: `rules/${path}`, problem, ...(example ? { example } : {}) })
  },
)

describe('a gap', () => {
  it('is told by what it depends on, and by nothing else', () => {
    const found = breakRules(FILING, removeEntry('filing-type.domain-of-other-entity'))
    const gap = found.find(({ place }) => place === 'rows')
    const words =
      'service.kind is website; server.region is mainland; server.provider is alibaba-cloud; domain.filing is other-entity (on any day)'
    expect(gap?.example).toBe(words)
  })
})

it('days are tried before, between and after all dates of a table', () => {
  const days = periodsOf([{ until: '2022-02-28' }, { from: '2022-03-01' }, { from: '2025-12-22' }, {}])
  expect(days.map(({ day, words }) => [day, words])).toEqual([
    ['2022-02-28', 'until 2022-02-28'],
    ['2022-03-01', 'from 2022-03-01'],
    ['2025-12-22', 'from 2025-12-22'],
  ])
  expect(periodsOf([{}])).toHaveLength(1)
})
