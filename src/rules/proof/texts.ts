import type { YamlFile } from '../read.ts'
import { placeOf } from './files.ts'
import type { Problem } from './problem.ts'
import { traditionalIn } from './traditional.ts'

/** A text with its languages, wherever it stands in a file. */
interface Pair {
  readonly place: string
  readonly zh: unknown
  readonly en: unknown
}

/** Judges every bilingual text of the files: both languages there, each in its own script, no plain typing slips. */
export function textProblems(files: readonly YamlFile[], folder: string): readonly Problem[] {
  return files.flatMap((file) =>
    pairsIn(file.content).flatMap((pair) =>
      judged(pair).map(([problem, remedy]) => ({ file: `${folder}/${file.path}`, place: pair.place, problem, remedy })),
    ),
  )
}

type Verdict = readonly [problem: string, remedy: string]

function judged({ zh, en }: Pair): readonly Verdict[] {
  const missing = [isText(zh) ? [] : [absent('Chinese', 'zh-CN')], isText(en) ? [] : [absent('English', 'en')]].flat()
  if (missing.length > 0 || !isText(zh) || !isText(en)) return missing
  const verdicts: Verdict[] = []
  const say = (wrong: boolean, problem: string, remedy: string) => {
    if (wrong) verdicts.push([problem, remedy])
  }
  // A button that offers the other language is written in that language.
  const swapped = count(zh, HAN) === 0 && count(en, LATIN) === 0
  const untranslated = zh === en && /\p{L}/u.test(bareWords(zh))
  say(untranslated, `both languages say the same: "${short(zh)}"`, 'Translate it; each reader gets one of the two only.')
  say(!untranslated && isWordy(zh) && count(zh, HAN) === 0, `the Chinese text holds no Chinese: "${short(zh)}"`, 'Write zh-CN in simplified Chinese.')
  say(zh !== en && !swapped && count(en, HAN) > count(en, LATIN), `the English text is mainly Chinese: "${short(en)}"`, 'Write it in plain English; a Chinese term may stand in brackets behind the English one.')
  const traditional = traditionalIn(zh)
  say(traditional !== '', `the Chinese text has traditional characters: ${traditional}`, 'Write zh-CN in simplified characters.')
  const wide = /(?:[A-Za-z0-9)\] ][，。；：！？、])|(?:[，。；：！？、][A-Za-z0-9])|(?:[A-Za-z ]（[A-Za-z])/u.exec(en)?.[0]
  say(wide !== undefined, `the English text has Chinese punctuation: "${wide}"`, 'Use English punctuation there.')
  const narrow = /\p{Script=Han}[,;!?](?=\p{Script=Han})/u.exec(zh)?.[0]
  say(narrow !== undefined, `the Chinese text has English punctuation: "${narrow}"`, 'Use ，；！？ between Chinese characters.')
  for (const [name, text] of [['Chinese', zh], ['English', en]] as const) {
    say(/[^\s] {2,}\S/.test(text), `the ${name} text has two spaces in a row`, 'Leave one space.')
    const doubled = /([，。；：、])\1|([,;])\2/u.exec(text)?.[0]
    say(doubled !== undefined, `the ${name} text has doubled punctuation: "${doubled}"`, 'Leave one mark.')
  }
  const twice = /\b(the|an?|of|to|in|is|are|and|or|for|on|at|by|with|be|it|not) \1\b/.exec(en)?.[0]
  say(twice !== undefined, `the English text says "${twice}"`, 'Remove the doubled word.')
  const spaced = /[a-z] [,;](?:\s|$)|[a-z] \.$/.exec(en)?.[0]
  say(spaced !== undefined, `the English text has a space before "${spaced?.trim().at(-1)}"`, 'Remove the space.')
  const [inZh, inEn] = [slots(zh), slots(en)]
  say(inZh !== inEn, `the two languages use different placeholders: ${inZh || 'none'} in Chinese, ${inEn || 'none'} in English`, 'Use the same placeholders in both.')
  return verdicts
}

function absent(name: string, tag: string): Verdict {
  return [`the ${name} text (${tag}) is missing`, `Add ${tag}: every text stands in both languages.`]
}

/** Every mapping that holds nothing but languages. Lists of words by language, as in a lexicon, are no texts. */
function pairsIn(content: unknown): readonly Pair[] {
  const pairs: Pair[] = []
  const visit = (node: unknown, path: readonly PropertyKey[]): void => {
    if (Array.isArray(node)) return node.forEach((item, index) => visit(item, [...path, index]))
    if (typeof node !== 'object' || node === null) return
    const keys = Object.keys(node)
    const { 'zh-CN': zh, en } = node as Record<string, unknown>
    if (keys.length > 0 && keys.every((key) => key === 'zh-CN' || key === 'en')) {
      if (!Array.isArray(zh) && !Array.isArray(en)) pairs.push({ place: placeOf(path, content), zh, en })
      return
    }
    for (const key of keys) visit((node as Record<string, unknown>)[key], [...path, key])
  }
  visit(content, [])
  return pairs
}

const HAN = /\p{Script=Han}/gu
const LATIN = /\p{Script=Latin}/gu

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0
}

/** Without placeholders, addresses and numbers such as "ICP备2026000001号-1", which need no translation. */
function bareWords(text: string): string {
  return text.replace(/\{\w+\}/g, '').replace(/\S*\d\S*|https?:\S+/g, '')
}

/** A name such as "APP" or "iOS 17" may be the same everywhere; a sentence may not. */
function isWordy(text: string): boolean {
  return /[a-z]{2,} [a-z]{2,}/i.test(text)
}

function slots(text: string): string {
  return [...new Set(text.match(/\{[a-zA-Z]\w*\}/g) ?? [])].sort().join(' ')
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
