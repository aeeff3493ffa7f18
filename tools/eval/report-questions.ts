import type { AskIndex } from '../../src/understanding/ask/index.ts'
import { buildAskIndex } from '../../src/understanding/ask/index.ts'
import type { Knowing } from '../../src/understanding/ask/exact.ts'
import { flat } from '../../src/understanding/ask/tokens.ts'
import { evaluateBaseline } from './baseline.ts'
import { halfOf, readFreshQuestions, readHardQuestions, readQuestions, readReworded } from './corpus.ts'
import { evaluateQuestions, type QuestionResult } from './questions.ts'
import { miss, ms, print, quantile, share, table } from './report.ts'

/** Prints how questions are answered, beside plain BM25; gives back the targets missed. */
export function reportQuestions(knowing: Knowing, index: AskIndex, all: boolean): readonly string[] {
  const halves = (name: string, lines: ReturnType<typeof readQuestions>) =>
    (['tuning', 'measuring'] as const).map((half) => ({
      name: `${name}, ${half} half`,
      lines: lines.filter(({ id }) => halfOf(id) === half),
      tuned: half === 'tuning',
    }))
  const sets = [
    ...halves('collected', readQuestions()),
    ...halves('reworded', readReworded()),
    { name: 'harder, all tuning', lines: readHardQuestions(), tuned: true },
    { name: 'written after everything was set', lines: readFreshQuestions(), tuned: false },
  ].map((set) => ({ ...set, own: evaluateQuestions(knowing, index, set.lines) }))

  const without = buildAskIndex(knowing.book, { ...index.vocabulary, asks: {} })
  for (const { name, own, tuned } of sets) {
    print(table(`Questions, ${name}, by language`, own, ({ line }) => line.lang, isRight))
    print(table(`Questions, ${name}, by topic`, own, ({ line }) => line.topic, isRight))
    compare(knowing, index, without, own)
    if (tuned || all) own.filter(({ right }) => !right).forEach(printQuestion)
  }
  const measured = sets.find(({ name }) => name === 'collected, measuring half')?.own ?? []
  return [
    ...miss('right fact, collected questions', measured.filter(isRight).length / measured.length, 0.9),
    ...reportSupport(sets.flatMap(({ own }) => own)),
  ]
}

/** The same questions through plain BM25, and through this search without the hand-written ways of asking. */
function compare(
  knowing: Knowing,
  index: AskIndex,
  without: AskIndex,
  results: readonly QuestionResult[],
): void {
  const own = results.filter(({ line }) => line.facts.length > 0)
  const lines = own.map(({ line }) => line)
  const count = (of: readonly QuestionResult[], kind: 'right' | 'first') =>
    share(of.filter((result) => result[kind]).length, of.length)
  const bare = evaluateQuestions(knowing, without, lines)
  const plain = evaluateBaseline(knowing.book, lines)
  const cut = evaluateBaseline(knowing.book, lines, (text) => [...flat(index.tokenise(text))])
  const median = (values: readonly number[]) => `median ${ms(quantile(values, 0.5))}`
  const unanswered = own.filter(({ result }) => !result.known).length
  print(`  right fact cited / cited first, of ${own.length} with an answer (${unanswered} left unanswered):`)
  print(
    `    this search            ${count(own, 'right')} / ${count(own, 'first')}, ${median(own.map((r) => r.milliseconds))}`,
  )
  print(`    without asks.yaml      ${count(bare, 'right')} / ${count(bare, 'first')}`)
  print(
    `    BM25, our words        ${share(cut.right, own.length)} / ${share(cut.first, own.length)}, ${median(cut.milliseconds)}`,
  )
  print(
    `    BM25, MiniSearch alone ${share(plain.right, own.length)} / ${share(plain.first, own.length)}, ${median(plain.milliseconds)}`,
  )
}

function reportSupport(results: readonly QuestionResult[]): readonly string[] {
  const numbers = results.filter(({ support }) => support.numbers.length > 0)
  const sentences = results.filter(({ support }) => support.sentences.length > 0)
  print(`Answers with a number that no cited fact holds: ${numbers.length} of ${results.length}`)
  print(`Answers with a sentence that stands in no cited fact: ${sentences.length} of ${results.length}`)
  for (const { line, support } of new Set([...numbers, ...sentences]))
    print(`  ${line.id} ${line.question}: ${[...support.numbers, ...support.sentences].join(' | ')}`)
  return numbers.length + sentences.length > 0 ? ['answers say what no cited fact holds'] : []
}

function isRight({ right }: QuestionResult): boolean {
  return right
}

function printQuestion({ line, result }: QuestionResult): void {
  const cited = result.facts.map(({ id }) => id).join(', ') || 'no answer'
  print(`  ${line.id} “${line.question}”: wanted ${line.facts.join(', ') || 'no answer'}, got ${cited}`)
}
