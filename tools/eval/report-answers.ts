import type { Knowing } from '../../src/understanding/ask/exact.ts'
import { evaluateAnswers, type AnswerResult } from './answers.ts'
import { readAnswers, readFreshAnswers, readHardAnswers } from './corpus.ts'
import { miss, ms, print, quantile, table } from './report.ts'

/** Prints how answers are understood; gives back the targets missed. */
export function reportAnswers(knowing: Knowing, all: boolean): readonly string[] {
  const lines = readAnswers()
  evaluateAnswers(knowing, lines)
  const results = evaluateAnswers(knowing, lines)
  const sets = [
    { name: 'tuning half', own: results.filter(({ half }) => half === 'tuning'), tuned: true },
    { name: 'measuring half', own: results.filter(({ half }) => half === 'measuring'), tuned: false },
    { name: 'harder, all tuning', own: evaluateAnswers(knowing, readHardAnswers()), tuned: true },
    {
      name: 'written after everything was set',
      own: evaluateAnswers(knowing, readFreshAnswers()),
      tuned: false,
    },
  ]
  for (const { name, own, tuned } of sets) {
    print(table(`Answers, ${name}, by language`, own, ({ line }) => line.lang, isRight))
    print(table(`Answers, ${name}, by question`, own, ({ line }) => line.question, isRight))
    const taken = own.filter(({ wrong }) => wrong).length
    const again = own.filter(({ right, wrong }) => !right && !wrong).length
    print(`  not right: ${taken} taken wrongly, ${again} asked again`)
    if (tuned || all) own.filter(({ right }) => !right).forEach(printAnswer)
  }
  const wrong = sets.flatMap(({ own }) => own).filter(({ wrongPolarity }) => wrongPolarity).length
  const times = results.map(({ milliseconds }) => milliseconds)
  const median = quantile(times, 0.5)
  print(`Answers with the wrong polarity: ${wrong}`)
  print(`Time per answer once warm: median ${ms(median)}, 99 of 100 below ${ms(quantile(times, 0.99))}`)
  const misses = ['zh', 'en'].flatMap((lang) => {
    const own = results.filter(({ half, line }) => half === 'measuring' && line.lang === lang)
    return miss(`answers understood (${lang})`, own.filter(isRight).length / own.length, 0.98)
  })
  if (wrong > 0) misses.push(`${wrong} answers with the wrong polarity`)
  if (median >= 5) misses.push('a median time of 5 ms or more')
  return misses
}

function isRight({ right }: AnswerResult): boolean {
  return right
}

function printAnswer({ line, got }: AnswerResult): void {
  const [wanted, found] = [JSON.stringify(line.expect), JSON.stringify(got)]
  print(`  ${line.id} ${line.question} “${line.text}”: wanted ${wanted}, got ${found}`)
}
