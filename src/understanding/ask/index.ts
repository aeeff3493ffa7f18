import MiniSearch, { type AsPlainObject, type Options } from 'minisearch'
import { z } from 'zod'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Fact } from '../../rules/schema.ts'
import { flat, tokeniser, type Tokenise } from './tokens.ts'
import type { AskVocabulary } from './vocabulary.ts'

export interface AskIndex {
  readonly vocabulary: AskVocabulary
  readonly tokenise: Tokenise
  /** Facts by score; the score compares within one question only. */
  readonly find: (question: string) => readonly Found[]
  /** How rare a token is among the facts: 0 for everywhere. */
  readonly rarity: (token: string) => number
  readonly holds: (factId: string, token: string) => boolean
}

export interface Found {
  readonly id: string
  readonly score: number
}

const BOOST = { asks: 3, title: 1, zh: 1, en: 1, note: 0.3, members: 0.4 }
const FIELDS = ['asks', 'title', 'zh', 'en', 'note', 'members'] as const

/** What takes the time to work out: plain data, good for the same facts, words and code only. */
const builtSchema = z.object({
  search: z.custom<AsPlainObject>((value) => typeof value === 'object' && value !== null),
  held: z.array(z.tuple([z.string(), z.array(z.string())])),
})

/** Keeps what was built for the next start, by a text that names everything it was built from. */
export type Keep = (from: string, build: () => unknown) => unknown

/**
 * The index over all facts, in both languages at once. Building it takes a second or so: once per process, and not
 * even that where `keep` has it from before.
 */
export function buildAskIndex(
  book: RuleBook,
  vocabulary: AskVocabulary,
  keep: Keep = (_, build) => build(),
): AskIndex {
  const tokenise = tokeniser(vocabulary)
  const documents = [...book.facts.values()].map((fact) => documentOf(book, vocabulary, fact))
  const built = builtSchema.parse(
    keep(JSON.stringify([documents, vocabulary.groups, vocabulary.stop]), () => build(documents, tokenise)),
  )
  const search = MiniSearch.loadJS<Document>(built.search, optionsOf(tokenise))
  const held = new Map(built.held.map(([id, tokens]) => [id, new Set(tokens)]))
  const frequency = new Map<string, number>()
  for (const tokens of held.values())
    for (const token of tokens) frequency.set(token, (frequency.get(token) ?? 0) + 1)

  return {
    vocabulary,
    tokenise,
    find: (question) =>
      search
        .search(question, {
          tokenize: (text) => [...new Set(flat(tokenise(text)))],
          boostTerm: (term) => weightOf(term),
        })
        .map((result) => ({ id: String(result.id), score: result.score })),
    rarity: (token) => Math.log(1 + documents.length / (1 + (frequency.get(token) ?? 0))),
    holds: (factId, token) => held.get(factId)?.has(token) ?? false,
  }
}

function build(documents: readonly Document[], tokenise: Tokenise): z.infer<typeof builtSchema> {
  // Every text is needed twice: by the search and for `holds`.
  const done = new Map<string, readonly string[]>()
  const once = (text: string): readonly string[] => {
    const tokens = done.get(text) ?? flat(tokenise(text))
    done.set(text, tokens)
    return tokens
  }
  const search = new MiniSearch<Document>({ ...optionsOf(tokenise), tokenize: (text) => [...once(text)] })
  search.addAll(documents)
  return {
    search: search.toJSON(),
    held: documents.map((document) => [
      document.id,
      [...new Set(FIELDS.flatMap((field) => once(document[field])))],
    ]),
  }
}

function optionsOf(tokenise: Tokenise): Options<Document> {
  return {
    fields: [...FIELDS],
    tokenize: (text) => [...flat(tokenise(text))],
    processTerm: (term) => term,
    searchOptions: { boost: BOOST, bm25: { k: 1.2, b: 0.6, d: 0.5 } },
  }
}

/** A meaning named says more than a word, and a pair of characters less: many pairs cross the border of two words. */
const TERM = { group: 1.5, pair: 0.3 }

function weightOf(term: string): number {
  if (term.startsWith('§')) return TERM.group
  return /^\p{Script=Han}{2}$/u.test(term) ? TERM.pair : 1
}

type Document = { readonly id: string } & Readonly<Record<(typeof FIELDS)[number], string>>

function documentOf(book: RuleBook, vocabulary: AskVocabulary, fact: Fact): Document {
  const title = book.topics.get(fact.topic)?.title
  const asks = [...(fact.asks ?? []), ...(vocabulary.asks[fact.id] ?? [])]
  const members = (fact.members ?? []).flatMap((member) => [member.label['zh-CN'], member.label.en])
  return {
    id: fact.id,
    asks: asks.join(' ; '),
    title: `${fact.id.replace(/^CN(?:-[A-Z]{2})?\./, '').replace(/[._-]/g, ' ')} ; ${title?.['zh-CN'] ?? ''} ; ${title?.en ?? ''}`,
    zh: fact.text['zh-CN'],
    en: fact.text.en,
    note: `${fact.note?.['zh-CN'] ?? ''} ; ${fact.note?.en ?? ''} ; ${(fact.words ?? []).join(' ')}`,
    members: members.join(' ; '),
  }
}
