import { it } from 'vitest'
import { breakDialogs, copied, expectProblem, removeEntry, replace, within, type Edit } from './support.ts'

const FILING = '1-filing.yaml'
const SITE = '8-site.yaml'

const BREAKS: readonly (readonly [what: string, path: string, edit: Edit, place: string, problem: RegExp])[] =
  [
    ['no YAML', FILING, replace('questions:', 'questions: ['), 'line', /not valid YAML/],
    [
      'a dropped translation',
      FILING,
      within('server.provider', replace(', en: Who provides the server? }', ' }')),
      'questions › server.provider › ask',
      /English text \(en\) is missing/,
    ],
    [
      'a question without a reason',
      FILING,
      within('server.provider', replace(/ {4}why:\n.*\n.*\n/, '')),
      'questions › server.provider › why',
      /"why" is missing/,
    ],
    [
      'a question for no key',
      FILING,
      replace('- id: server.provider', '- id: server.supplier'),
      'server.supplier',
      /a key that the rules do not have/,
    ],
    [
      'a question asked twice',
      FILING,
      copied('service.kind', (entry) => entry),
      'service.kind',
      /asked a second time/,
    ],
    [
      'an option without a value of the key',
      FILING,
      within('server.provider', replace('- value: other', '- value: others')),
      'server.provider › others',
      /dead end/,
    ],
    [
      'a value without an option',
      FILING,
      within('entity.kind', removeEntry('law-firm')),
      'entity.kind',
      /no option gives the value "law-firm"/,
    ],
    [
      'an option twice',
      FILING,
      within(
        'server.provider',
        copied('other', (entry) => entry),
      ),
      'server.provider › other',
      /stands twice/,
    ],
    [
      'a name that two options share',
      FILING,
      within('server.provider', replace('synonyms: [阿里, ', 'synonyms: [阿里, 其他, ')),
      'server.provider › other',
      /the name "其他" also belongs to the option "alibaba-cloud"/,
    ],
    [
      'a name shared but for its case',
      FILING,
      within('server.provider', replace('synonyms: [阿里, ', 'synonyms: [阿里, "TENCENT", ')),
      'server.provider › other',
      /the name "tencent"/,
    ],
    [
      '"not sure" without a way to find out',
      FILING,
      within('server.provider', replace(/ {4}settle:\n.*\n.*\n/, '')),
      'server.provider',
      /nothing says how to find out/,
    ],
    [
      'a fact that does not exist',
      FILING,
      within('server.provider', replace('facts: [need.where]', 'facts: [need.wher]')),
      'server.provider',
      /fact "need\.wher"/,
    ],
    [
      'a condition on no key',
      FILING,
      within('server.provider', replace('service.kind: website,', 'service.kinds: website,')),
      'server.provider',
      /"service\.kinds", which nothing declares/,
    ],
    [
      'a condition on no value',
      FILING,
      within('server.provider', replace('service.kind: website,', 'service.kind: site,')),
      'server.provider',
      /"site", a value it cannot have/,
    ],
    [
      'a condition on a later question',
      FILING,
      within('server.provider', replace('service.kind: website,', 'entity.kind: individual,')),
      'server.provider',
      /asked only later/,
    ],
    [
      'a condition on a decision that is not made yet',
      FILING,
      within('server.provider', replace('service.kind: website,', 'commercial-licence: required,')),
      'server.provider',
      /not decided while questions are asked/,
    ],
    [
      'a typed answer to a key with values',
      FILING,
      within('server.provider', replace('unsure: true', 'field: remark')),
      'server.provider',
      /typed, yet rules\/keys\.yaml declares values/,
    ],
    [
      'a typed answer with options',
      SITE,
      within(
        'site.remark',
        replace('skip: true', 'options: [{ value: a, label: { zh-CN: 甲, en: First } }]'),
      ),
      'site.remark',
      /typed, yet options are listed/,
    ],
    [
      'a typed answer that may be "not sure"',
      SITE,
      within('site.remark', replace('skip: true', 'unsure: true')),
      'site.remark',
      /"unsure" is for options/,
    ],
    [
      'options that may be left out',
      SITE,
      within('site.service-content', replace('unsure: true', 'skip: true')),
      'site.service-content',
      /"skip" is for typed answers/,
    ],
    [
      'a condition on the values of a typed answer',
      SITE,
      within('site.remark', replace('application.start: now', 'site.name: example')),
      'site.remark',
      /"site\.name", which nothing declares/,
    ],
    [
      'placeholders that differ',
      'phrases.yaml',
      (text) => text.replace(/(zh-CN: [^{}\n]*)\{([a-z]+)\}/, '$1{other}'),
      '',
      /different placeholders/,
    ],
  ]

it.each(BREAKS)('%s', (_, path, edit, place, problem) => {
  const problems = breakDialogs(path, edit).filter((found) => found.place.startsWith(place))
  expectProblem(problems, { file: `dialogs/${path}`, problem })
})
