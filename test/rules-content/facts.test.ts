import { describe, expect, it } from 'vitest'
import { book } from './book.ts'

/**
 * Twenty and more facts picked over all files, as the sources have them: id, sources, year of the newest,
 * confidence, and the figures that both languages must give.
 */
const PICKED: readonly (readonly [string, readonly string[], string, string, readonly string[]])[] = [
  ['type.claim', [], '2020', 'medium', ['2010-06-01', '2017-01-31', '1']],
  ['entity.old_numbers', [], 'undated', 'low', ['15', '8']],
  ['doc.quality.file', ['ali19_docs', 'hw_docs'], '2025', 'medium', ['4', '2019', '2025']],
  ['domain.validity', ['ali19_domprep', 'ali19_prov_b', 'hw_policy_b'], '2025', 'high', ['90', '180', '3']],
  ['domain.per_site', ['ali19_limits_b', 'ali19_form'], '2019', 'medium', []],
  ['server.terms', ['ali19_server_b', 'ali19_limits_b'], '2019', 'medium', ['3', '6', '1', '12', '99']],
  ['footer.fine', ['ali_post', 'hw_after', 'law292'], '2025', 'low', ['5,000', '50,000', '10,000']],
  [
    'psb.deadline',
    ['ali20_overview', 'lawmps33', 'ali19_psb', 'hw_after', 'pingan_psb'],
    '2025',
    'high',
    ['30', '2020'],
  ],
  ['change.deadline', ['law292', 'hw_change', 'hw_after'], '2026', 'low', ['30', '10', '292']],
  ['comm.penalty', ['law292'], '2011', 'high', ['3', '5', '100,000', '1,000,000', '50,000']],
  ['cancel.types', ['ali19_cancel', 'hw_cancel'], '2025', 'high', ['3', '20', '2019']],
  ['shell.entity', ['hw_after', 'hw_cancel', 'tx_cancel'], '2025', 'high', ['5']],
  ['CN.review_time.1', ['web.ghyun', 'hw.flow', 'tx.review'], '2025', 'high', ['20', '33']],
  ['CN.sms_verification.2', ['ali.sms', 'tx.sms', 'hw.sms'], '2025', 'high', ['24']],
  ['CN-JS.sites_limit.1', ['tx.jiangsu', 'hw.materials'], '2025', 'high', ['30', '10']],
  ['CN-JS.representative.3', ['tx.jiangsu', 'hw.policy', 'tx.2017'], '2025', 'high', ['16', '17']],
  ['CN-GD.sites_limit.1', ['tx.guangdong', 'tx.2017'], '2022', 'medium', ['31', '5']],
  ['CN-GD.documents.1', [], '2025', 'high', []],
  ['CN-SH.domain.5', ['ali.domain19'], '2019', 'medium', ['180', '90', '2019']],
  ['CN-JX.sites_limit.1', ['hw.prov'], '2025', 'low', ['7', '15', '1']],
  ['CN-SN.sites_limit.1', ['tx.shaanxi', 'hw.policy'], '2025', 'high', ['30', '5']],
  ['CN-HL.sms_verification.1', [], '2025', 'high', ['2018']],
  ['CN-GX.sites_limit.2', ['tx.guangxi'], '2022', 'medium', ['3']],
  ['CN-TJ.representative.4', ['tx.tianjin'], '2022', 'medium', ['60', '55']],
]

/** Figures as either language writes them: thousands, ten thousands, and small numbers in words. */
const WRITTEN: Readonly<Record<string, string>> = {
  一: '1',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
  十: '10',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
}

function figures(text: string): ReadonlySet<string> {
  const plain = text.replace(/(\d),(?=\d{3})/g, '$1').replace(/(\d+)万/g, (_, tens: string) => `${tens}0000`)
  const words = Object.entries(WRITTEN).filter(([word]) =>
    /[a-z]/.test(word) ? new RegExp(`\\b${word}\\b`, 'i').test(plain) : plain.includes(word),
  )
  return new Set([
    ...(plain.match(/\d+/g) ?? []),
    ...(plain.match(/\d{4}-\d{2}-\d{2}/g) ?? []),
    ...words.map(([, figure]) => figure),
  ])
}

describe('facts agree with their sources', () => {
  it.each(PICKED)('%s', (id, sources, newest, confidence, wanted) => {
    const fact = book.facts.get(id)
    expect(fact).toBeDefined()
    expect(fact?.newest).toBe(newest)
    expect(fact?.confidence).toBe(confidence)
    if (sources.length > 0) expect(fact?.sources).toEqual(sources)
    for (const language of ['zh-CN', 'en'] as const) {
      const found = figures(`${fact?.text[language]} ${fact?.note?.[language] ?? ''}`)
      for (const figure of wanted)
        expect(found, `${id} in ${language}`).toContain(figure.replace(/(\d),(\d)/g, '$1$2'))
    }
  })

  it('carries the facts of all 31 regions and of the whole country', () => {
    expect(book.provinces.size).toBe(31)
    expect(book.facts.size).toBeGreaterThanOrEqual(1200)
    for (const province of book.provinces.values())
      expect(province.facts.length, province.province).toBeGreaterThan(5)
  })

  it('dates the text message by the three waves and the rest of the country', () => {
    const by = (since: string) =>
      [...book.provinces.values()]
        .filter((p) => p.sms.since === since)
        .map((p) => p.province)
        .sort()
    const codes = (text: string) =>
      text
        .split(' ')
        .map((code) => `CN-${code}`)
        .sort()
    expect(by('2017-12-18')).toEqual(codes('TJ GS XZ NX HI XJ QH'))
    expect(by('2018-09-10')).toEqual(codes('ZJ SC FJ SN CQ GX YN'))
    expect(by('2018-09-24')).toEqual(codes('SX NM HL AH SD HA HN HB'))
    expect(by('2020-08-17')).toEqual(codes('BJ HE LN JL SH JS JX GD GZ'))
  })

  it('calls nothing certain that rests on recall alone', () => {
    const recalled = [...book.facts.values()].filter((fact) => fact.evidence === 'recalled')
    expect(recalled.length).toBeGreaterThan(0)
    expect(recalled.filter((fact) => fact.confidence !== 'low').map((fact) => fact.id)).toEqual([])
  })

  it('names publisher and title of every source that a fact of low confidence rests on', () => {
    const low = [...book.facts.values()].filter((fact) => fact.confidence === 'low')
    for (const source of low.flatMap((fact) => fact.sources)) {
      expect(book.sources.get(source)?.publisher, source).toBeTruthy()
      expect(book.sources.get(source)?.title, source).toBeTruthy()
    }
  })
})
