import { buildRuleBook, type RuleBook } from '../../src/rules/rulebook.ts'
import { parse } from 'yaml'

const both = (text: string) => `{ zh-CN: "${text}（中）", en: "${text}" }`
const fact = (id: string, topic: string, text: string, more = '') =>
  `{ id: ${id}, topic: ${topic}, text: ${both(text)}, sources: [guide], newest: "2024", confidence: high, evidence: read ${more} }`

const FILES: Readonly<Record<string, string>> = {
  'sources.yaml': `
sources:
  guide: { title: Guide, publisher: Office, date: "2024-05-06", readOn: "2026-11", evidence: read }
  old: { title: Old guide, publisher: Office, date: "2019-09", readOn: "2026-11", evidence: read }
`,
  'topics.yaml': `
topics:
  domain: { title: ${both('Domain')}, stage: prepare }
  contact: { title: ${both('Phone')}, stage: prepare }
  footer: { title: ${both('Footer')}, stage: after }
  mailing: { title: ${both('Mail')}, stage: submit }
  sms_verification: { title: ${both('SMS')}, stage: submit }
`,
  'keys.yaml': `
keys:
  entity.kind: { values: [individual, enterprise] }
  entity.province: { type: region }
groups: { individual: [individual], organisation: [enterprise] }
`,
  'national/all.yaml': `
facts:
  - ${fact('CN.contact.1', 'contact', 'A phone that is answered')}
  - ${fact('CN.mailing.1', 'mailing', 'Nothing is mailed')}
`,
  'decisions/footer.yaml': `
id: footer
title: ${both('Footer decision')}
hit: unique
inputs: [entity.province]
results: { site: { label: ${both('Site number')} }, entity: { label: ${both('Entity number')} } }
rows:
  - { id: footer.east, when: { entity.province: CN-EE }, result: entity, because: ${both('East shows the entity number')}, sources: [guide] }
  - { id: footer.old, when: { entity.province: { not: CN-EE } }, until: "2021-12-31", result: entity, because: ${both('Formerly the entity number')}, sources: [old] }
  - { id: footer.new, when: { entity.province: { not: CN-EE } }, from: "2022-01-01", result: site, because: ${both('Now the site number')}, sources: [guide] }
`,
  'provinces/CN-EE.yaml': province('CN-EE', 'East', '东省', '2018-01-01', [
    fact('CN-EE.domain.1', 'domain', 'East wants 90 days', ', conflictsWith: [CN-EE.conflict.domain.1]'),
    fact('CN-EE.domain.2', 'domain', 'Only for people', ', appliesTo: { entities: [individual] }'),
    fact('CN-EE.sms_verification.1', 'sms_verification', 'East asks for SMS', ', from: "2018-01-01"'),
    fact('CN-EE.mailing.1', 'mailing', 'Mail the form to East', ', superseded: true').replace(
      '"2024"',
      '"2019"',
    ),
  ]).concat(`
conflicts:
  - id: CN-EE.conflict.domain.1
    topic: domain
    question: ${both('How long?')}
    advice: ${both('Take 180 days')}
    positions:
      - { says: ${both('90 days')}, source: guide, date: "2024-05-06" }
      - { says: ${both('180 days')}, source: old, date: "2019-09" }
`),
  'provinces/CN-WW.yaml': province('CN-WW', 'West', '西省', '2020-08-17', [
    fact('CN-WW.domain.1', 'domain', 'West wants 90 days'),
    fact('CN-WW.contact.1', 'contact', 'A phone of West'),
    fact('CN-WW.sms_verification.1', 'sms_verification', 'West asks for SMS', ', from: "2020-08-17"'),
  ]),
}

function province(code: string, en: string, zh: string, since: string, facts: readonly string[]): string {
  return `
province: ${code}
name: { zh-CN: ${zh}, en: ${en} }
aliases: [${en}land]
kind: province
sms: { since: "${since}", facts: [${code}.sms_verification.1] }
icpPrefix: ${zh.slice(0, 1)}
outOfProvinceIndividual: { verdict: accepted, text: ${both('Yes')} }
facts:
${facts.map((line) => `  - ${line}`).join('\n')}
`
}

/** A rule book of two invented regions, East and West, that stays as it is when the real rules change. */
export function smallBook(): RuleBook {
  return buildRuleBook(
    Object.entries(FILES).map(([path, text]) => ({ path, content: parse(text) as unknown })),
  )
}
