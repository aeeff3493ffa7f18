import type { Text } from '../../language.ts'
import { settledValue, type Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import { rulings, type Ruling } from './ruling.ts'

const PREFIX = '{prefix}'

/** What has to stand at the foot of the page; the example number bears the short name of the region. */
export function footerRulings(book: RuleBook, know: Knowledge, asOf: string): readonly Ruling[] {
  const prefix = book.provinces.get(settledValue(know('entity.province')) ?? '')?.icpPrefix
  return rulings(book, 'footer', know, asOf).map((ruling) => ({
    ...ruling,
    data: Object.fromEntries(Object.entries(ruling.data).flatMap(([name, text]) => filled(name, text, prefix))),
  }))
}

/** While the region is open an example that depends on it is left out. */
function filled(name: string, text: Text, prefix: string | undefined): readonly (readonly [string, Text])[] {
  if (!text.en.includes(PREFIX)) return [[name, text]]
  if (prefix === undefined) return []
  const fill = (value: string) => value.replaceAll(PREFIX, prefix)
  return [[name, { 'zh-CN': fill(text['zh-CN']), en: fill(text.en) }]]
}
