import MiniSearch from 'minisearch'
import type { RuleBook } from '../../src/rules/rulebook.ts'
import type { QuestionLine } from './corpus.ts'

export interface BaselineResult {
  readonly right: number
  readonly first: number
  readonly milliseconds: readonly number[]
}

/** Plain BM25: MiniSearch as it comes, over the same facts and notes in both languages; three facts count as cited. */
export function evaluateBaseline(
  book: RuleBook,
  lines: readonly QuestionLine[],
  tokenize?: (text: string) => string[],
): BaselineResult {
  const search = new MiniSearch({
    fields: ['title', 'zh', 'en', 'note'],
    ...(tokenize ? { tokenize, processTerm: (term: string) => term } : {}),
  })
  search.addAll(
    [...book.facts.values()].map((fact) => ({
      id: fact.id,
      title: Object.values(book.topics.get(fact.topic)?.title ?? {}).join(' '),
      zh: fact.text['zh-CN'],
      en: fact.text.en,
      note: Object.values(fact.note ?? {}).join(' '),
    })),
  )
  let right = 0
  let first = 0
  const milliseconds: number[] = []
  for (const line of lines.filter(({ facts }) => facts.length > 0)) {
    const start = performance.now()
    const cited = search
      .search(line.question)
      .slice(0, 3)
      .map((result) => String(result.id))
    milliseconds.push(performance.now() - start)
    if (cited.some((id) => line.facts.includes(id))) right += 1
    if (line.facts.includes(cited[0] ?? '')) first += 1
  }
  return { right, first, milliseconds }
}
