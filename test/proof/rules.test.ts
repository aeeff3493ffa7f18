import { expect, it } from 'vitest'
import { breakRules, expectProblem, replace, within, removeEntry, copied, type Edit } from './support.ts'

/** Each line breaks one file of rules/ on purpose; the proof must say where, what and how to mend it. */
const BREAKS: readonly (readonly [
  what: string,
  path: string,
  edit: Edit,
  expected: { readonly place: string | RegExp; readonly problem: RegExp; readonly file?: string },
])[] = [
  [
    'no YAML',
    'topics.yaml',
    replace('topics:', 'topics: ['),
    { place: /^line \d+$/, problem: /not valid YAML/ },
  ],
  [
    'a field written twice',
    'keys.yaml',
    replace('    default: website', '    default: website\n    default: app'),
    { place: /^line/, problem: /not valid YAML/ },
  ],
  [
    'an unknown field',
    'national/need.yaml',
    within('need.rule', replace('    topic:', '    tpoic: x\n    topic:')),
    { place: 'facts › need.rule', problem: /nobody knows the field "tpoic"/ },
  ],
  [
    'a fact without sources',
    'national/need.yaml',
    within('need.rule', replace(/ {4}sources:\n( {6}- .*\n)+/, '')),
    { place: /need\.rule/, problem: /"sources" is missing/ },
  ],
  [
    'a fact without a date',
    'national/need.yaml',
    within('need.rule', replace(/ {4}newest:.*\n/, '')),
    { place: /need\.rule/, problem: /"newest" is missing/ },
  ],
  [
    'a dropped translation',
    'national/need.yaml',
    within('need.rule', replace(/ {6}en:(?:.*\n {8}.*)*.*\n/, '')),
    { place: 'facts › need.rule › text', problem: /English text \(en\) is missing/ },
  ],
  [
    'an emptied translation',
    'topics.yaml',
    replace('zh-CN: 网站名称,', 'zh-CN: "",'),
    { place: 'topics › naming › title', problem: /Chinese text \(zh-CN\) is missing/ },
  ],
  [
    'an untranslated text',
    'topics.yaml',
    replace('zh-CN: 网站名称,', 'zh-CN: Website name,'),
    { place: 'topics › naming › title', problem: /both languages say the same/ },
  ],
  [
    'English in the Chinese text',
    'topics.yaml',
    replace('zh-CN: 网站名称,', 'zh-CN: name of the site,'),
    { place: /naming/, problem: /holds no Chinese/ },
  ],
  [
    'Chinese in the English text',
    'topics.yaml',
    replace('en: "Website name"', 'en: 名称'),
    { place: /naming/, problem: /mainly Chinese/ },
  ],
  [
    'traditional characters',
    'topics.yaml',
    replace('zh-CN: 网站名称,', 'zh-CN: 網站名稱,'),
    { place: /naming/, problem: /traditional characters: 網稱/ },
  ],
  [
    'two spaces',
    'topics.yaml',
    replace('en: "Website name"', 'en: "Website  name"'),
    { place: /naming/, problem: /two spaces/ },
  ],
  [
    'a rename of a fact that rows cite',
    'national/need.yaml',
    replace('- id: need.rule\n', '- id: need.rules\n'),
    {
      file: 'rules/decisions/filing-type.yaml',
      place: 'filing-type.outside-mainland',
      problem: /fact "need\.rule", which does not exist/,
    },
  ],
  [
    'a duplicate id',
    'national/need.yaml',
    replace('- id: need.rule\n', '- id: need.app\n'),
    { place: 'need.app', problem: /second fact is called "need\.app"/ },
  ],
  [
    'an unknown topic',
    'national/need.yaml',
    within('need.rule', replace('topic: need', 'topic: neeed')),
    { place: 'need.rule', problem: /topic "neeed" is unknown/ },
  ],
  [
    'an unknown scope',
    'provinces/CN-GD.yaml',
    within('CN-GD.documents.2', replace('- organisation', '- organization')),
    { place: 'CN-GD.documents.2', problem: /entity "organization"/ },
  ],
  [
    'a fact that ends before it begins',
    'provinces/CN-GD.yaml',
    within(
      'CN-GD.sms_verification.1',
      replace('from: "2020-08-17"', 'from: "2020-08-17"\n    until: "2020-08-01"'),
    ),
    { place: 'CN-GD.sms_verification.1', problem: /ends \(2020-08-01\) before it begins/ },
  ],
  [
    'a date that is none',
    'provinces/CN-GD.yaml',
    replace('since: "2020-08-17"', 'since: "2020-08-32"'),
    { place: 'sms › since', problem: /"since" does not fit/ },
  ],
  [
    'a fact newer than its sources',
    'national/account.yaml',
    within('account.one_entity', replace('newest: "2019"', 'newest: "2025"')),
    { place: 'account.one_entity', problem: /"newest" says 2025.*2019/ },
  ],
  [
    'a source dropped',
    'sources.yaml',
    replace(/ {2}ali19_general:\n( {4}.*\n)+/, ''),
    {
      file: 'rules/decisions/notices.yaml',
      place: 'notices.stay-closed',
      problem: /source "ali19_general", which does not exist/,
    },
  ],
  [
    'a source without a place',
    'sources.yaml',
    replace(/ {4}address: Alibaba Cloud ICP Quick Start.*\n/, ''),
    { place: 'ali20_overview', problem: /neither an address nor a place/ },
  ],
  [
    'a source without a date',
    'sources.yaml',
    replace('date: "2020-05-27"', 'date: soon'),
    { place: 'ali20_overview', problem: /date "soon" says nothing/ },
  ],
  [
    'a default that is no value',
    'keys.yaml',
    replace('default: website', 'default: web-site'),
    { place: 'service.kind', problem: /default "web-site" is none of its values/ },
  ],
  [
    'a circle of keys',
    'keys.yaml',
    replace('  server.region:\n', '  server.region:\n    only: { server.provider: other }\n'),
    { place: /server\./, problem: /leads back to the key itself/ },
  ],
  [
    '`only` on a key that is not',
    'keys.yaml',
    replace('only: { domain.filing: same-entity }', 'only: { domain.filling: same-entity }'),
    { place: 'domain.filing.provider › only', problem: /"domain\.filling", which nothing declares/ },
  ],
  [
    'a kind in no group',
    'keys.yaml',
    replace(/ {2}organisation:\n {4}- enterprise\n/, '  organisation:\n'),
    { place: 'groups', problem: /"enterprise" belongs to no group/ },
  ],
  [
    'conflictsWith nowhere',
    'provinces/CN-GD.yaml',
    replace('- CN-GD.conflict.domain.1', '- CN-GD.conflict.domain.7'),
    { place: 'CN-GD.domain.1', problem: /neither a conflict nor a fact/ },
  ],
  [
    'a conflict that nobody cites',
    'provinces/CN-GD.yaml',
    replaceAll('    conflictsWith:\n      - CN-GD.conflict.domain.1\n'),
    { place: 'CN-GD.conflict.domain.1', problem: /no fact points at this conflict/ },
  ],
  [
    'a disputed verdict without positions',
    'provinces/CN-GD.yaml',
    replace(/verdict: \w+/, 'verdict: disputed'),
    { place: 'outOfProvinceIndividual', problem: /"disputed", but no conflict/ },
  ],
  [
    'a contradiction of a national fact',
    'provinces/CN-GD.yaml',
    copied('CN-GD.mailing.1', (entry) =>
      entry
        .replace('CN-GD.mailing.1', 'CN-GD.public_security_filing.9')
        .replace('topic: mailing', 'topic: public_security_filing')
        .replace(/en: .*/, 'en: File with the police within 10 days.')
        .replace(/\n {8}.*/g, ''),
    ),
    {
      place: 'CN-GD.public_security_filing.9',
      problem:
        /"within 10 days", while the national fact "CN\.public_security_filing\.1" says "within 30 days"/,
    },
  ],
  [
    'a dropped region',
    'provinces/CN-HI.yaml',
    () => undefined,
    { place: 'whole file', problem: /region CN-HI is missing/ },
  ],
  [
    'an SMS day of no wave',
    'provinces/CN-ZJ.yaml',
    replace('since: "2018-09-10"', 'since: "2018-09-11"'),
    { place: 'sms › since', problem: /2018-09-11, a day on which no region began/ },
  ],
  [
    'an SMS day of another wave',
    'provinces/CN-ZJ.yaml',
    replace('since: "2018-09-10"', 'since: "2018-09-24"'),
    { place: 'sms › since', problem: /but on 2018-09-10 in the fact/ },
  ],
  [
    'a name shared by two regions',
    'provinces/CN-ZJ.yaml',
    replace('aliases:\n', 'aliases:\n  - 广东\n'),
    { place: 'aliases', problem: /also a name of/ },
  ],
  [
    'a dropped table',
    'decisions/sms-recipient.yaml',
    () => undefined,
    { place: 'whole file', problem: /table "sms-recipient" is missing/ },
  ],
  [
    'a deleted row',
    'decisions/filing-type.yaml',
    removeEntry('filing-type.renamed'),
    { place: 'rows', problem: /a gap/ },
  ],
]

function replaceAll(what: string): Edit {
  return (text) => text.replaceAll(what, '')
}

it.each(BREAKS)('%s', (_, path, edit, { place, problem, file }) => {
  expectProblem(breakRules(path, edit), {
    file: file ?? `rules/${path}`,
    place: typeof place === 'string' ? exactly(place) : place,
    problem,
  })
})

it('reports faults of several files at once', () => {
  const missing = breakRules('national/need.yaml', (text) => `${text}\n  - id: need.new\n    topic: need\n`)
  expect(new Set(missing.map((problem) => problem.problem)).size).toBeGreaterThan(3)
})

function exactly(place: string): RegExp {
  return new RegExp(`^${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
}
