import type { Language, Text } from '../../language.ts'
import { heldOn } from '../../rules/assess/statement.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Fact } from '../../rules/schema.ts'
import { contains } from '../denials.ts'
import { normalise } from '../normalise.ts'
import type { AskIndex } from './index.ts'
import type { AskPhrase, AskVocabulary } from './vocabulary.ts'
import type { Subject } from './subject.ts'

/** Two sentences of a fact are a conclusion; the rest follows with the fact itself. */
const LONGEST: Record<Language, number> = { 'zh-CN': 130, en: 320 }
/** Sources older than this are quoted with their age. */
const OLD = '2021'

export function phrase(
  { phrases }: AskVocabulary,
  name: AskPhrase,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): string {
  return phrases[name][language].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
}

/** The conclusion, in the words of the facts and of nothing else but the frame around them. */
export function conclusion(
  book: RuleBook,
  index: AskIndex,
  facts: readonly Fact[],
  subject: Subject,
  question: string,
  language: Language,
  asOf: string,
): string {
  const several = subject.intent === 'compare' || subject.intent === 'history'
  return facts
    .slice(0, several ? 3 : 1)
    .map(
      (fact) =>
        `${frame(book, index.vocabulary, fact, several, language, asOf)}${body(book, fact, question, language)}`,
    )
    .join(several ? '\n' : '')
}

function frame(
  book: RuleBook,
  vocabulary: AskVocabulary,
  fact: Fact,
  named: boolean,
  language: Language,
  asOf: string,
): string {
  const region = fact.id.startsWith('CN-') ? book.provinces.get(fact.id.slice(0, 5)) : undefined
  const parts =
    named && region ? [phrase(vocabulary, 'region', language, { region: region.name[language] })] : []
  if (!heldOn(fact, asOf)) parts.push(phrase(vocabulary, 'past', language, { date: fact.newest }))
  else if (fact.confidence === 'low') parts.push(phrase(vocabulary, 'low', language))
  else if (fact.newest < OLD) parts.push(phrase(vocabulary, 'dated', language, { date: fact.newest }))
  return parts.map((part) => (language === 'en' ? `${part} ` : part)).join('')
}

/** Where sources differ the cautious advice comes first; of a grouping, the groups asked about. */
function body(book: RuleBook, fact: Fact, question: string, language: Language): string {
  const advice = (fact.conflictsWith ?? []).flatMap((id) => book.conflicts.get(id)?.advice[language] ?? [])
  const text = shortened(fact.text[language], language)
  if (!fact.members) return [...advice.slice(0, 1), text].join(language === 'en' ? ' ' : '')
  const said = normalise(question)
  const named = fact.members.filter(({ label }) => isAsked(label, said))
  const shown = named.length > 0 ? named : fact.members.slice(0, 5)
  const colon = language === 'en' ? ': ' : '：'
  return [text, ...shown.map((member) => `- ${member.label[language]}${colon}${member.text[language]}`)].join(
    '\n',
  )
}

/** A group whose label shares a word with the question ("refuse" and "Refused"). */
function isAsked(label: Text, said: string): boolean {
  const stems = [...normalise(label.en).matchAll(/[a-z]{4,}/g)].map(([word]) => word.slice(0, 5))
  const pairs = [...label['zh-CN']]
    .slice(0, -1)
    .map((character, at) => character + (label['zh-CN'][at + 1] ?? ''))
  return stems.some((stem) => said.includes(stem)) || contains(pairs, said)
}

/** The first sentences that fit; never cut inside one, so that no condition is lost half-way. */
export function shortened(text: string, language: Language): string {
  const sentences = text.match(
    language === 'en' ? /.+?(?:[.!?](?=\s+[A-Z(])|$)\s*/gsu : /[^。；！？]+[。；！？]?/gu,
  ) ?? [text]
  let short = ''
  for (const sentence of sentences) {
    if (short !== '' && (short + sentence).trim().length > LONGEST[language]) break
    short += sentence
  }
  return short.trim().replace(/；$/u, '。')
}
