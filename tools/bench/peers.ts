import { spawnSync } from 'node:child_process'
import { z } from 'zod'
import type { Brain } from '../../src/bot/turn/brain.ts'
import { optionsOf } from '../../src/interview/dialogs.ts'
import { resolve } from '../../src/interview/resolve.ts'
import type { Question } from '../../src/interview/schema.ts'
import { holds } from '../../src/rules/condition.ts'
import { tableOf, type RuleBook } from '../../src/rules/rulebook.ts'
import { inForce } from '../../src/rules/table.ts'
import type { AnswerValue, Answers } from '../../src/rules/answers.ts'
import { installed } from './install.ts'

export interface NextQuestion {
  readonly engine: string
  /** Processor time of one next question from all answers; undefined where the engine could not run. */
  readonly milliseconds: number | undefined
  /** At how many of the places it asks the question that the resolver asks. */
  readonly agrees: number | undefined
  /** Why it could not run. */
  readonly error?: string | undefined
}

export interface Comparison {
  readonly answers: number
  readonly rows: readonly NextQuestion[]
}

const PATIENCE_MS = 120_000
const CALLS = 3_000
const reportSchema = z.record(
  z.string(),
  z.object({
    error: z.string().optional(),
    milliseconds: z.number().optional(),
    asked: z.array(z.string().nullable()).optional(),
  }),
)

/** The next question of the same interview after `most` answers, by our resolver, survey-core and publicodes. */
export function compareResolvers({ book, dialogs }: Brain, asOf: string, most = 60): Comparison {
  const { given, asked } = longPath()
  const all = Object.fromEntries(given)
  const ours = cost(() => resolve(book, dialogs, all, asOf).open)
  const rows = [{ engine: 'ours', milliseconds: ours, agrees: asked.length }]
  return { answers: given.length, rows: [...rows, ...peers()] }

  /** The interview as a person may take it who is asked a great deal. */
  function longPath() {
    const given: [string, AnswerValue][] = []
    const asked: string[] = []
    while (given.length < most) {
      const { open } = resolve(book, dialogs, Object.fromEntries(given), asOf)
      if (!open) break
      asked.push(open.question.id)
      given.push([open.question.id, longest(open.question, Object.fromEntries(given))])
    }
    return { given, asked }
  }

  /** The option after which most is still ahead: the one that keeps most questions applicable. */
  function longest(question: Question, before: Answers): AnswerValue {
    if (question.field !== undefined) return '2027-01-15'
    const list = book.keys.get(question.id)?.type === 'choices'
    const options = optionsOf(book, question).map(({ value }) => (list ? [value] : value))
    const ahead = (value: AnswerValue) => {
      const { know } = resolve(book, dialogs, { ...before, [question.id]: value }, asOf).assessment
      return [...dialogs.questions.values()].filter(({ when }) => holds(when, know) !== 'false').length
    }
    return options.reduce((best, value) => (ahead(value) > ahead(best) ? value : best), options[0] ?? '')
  }

  function peers(): readonly NextQuestion[] {
    if (!installed('peers'))
      return [{ engine: 'survey-core, publicodes', milliseconds: undefined, agrees: undefined }]
    const questions = dialogs.sections.flatMap((section) =>
      section.questions.map(({ id, when }) => ({ id, when, list: book.keys.get(id)?.type === 'choices' })),
    )
    const done = spawnSync(process.execPath, ['run.mjs'], {
      cwd: new URL('../../bench/peers/', import.meta.url).pathname,
      input: JSON.stringify({
        questions,
        decisions: decisions(book, asOf),
        groups: book.groups,
        answers: given,
      }),
      encoding: 'utf8',
      timeout: PATIENCE_MS,
      maxBuffer: 64 * 1024 * 1024,
    })
    if (done.status !== 0) throw new Error(`bench/peers ended: ${done.stderr.slice(0, 2000)}`)
    return Object.entries(reportSchema.parse(JSON.parse(done.stdout))).map(([engine, report]) => ({
      engine,
      milliseconds: report.milliseconds,
      error: report.error,
      agrees: report.asked?.filter((id, at) => id === asked[at]).length,
    }))
  }
}

/** The decisions that questions ask about, as rows of which the first that holds counts. */
function decisions(book: RuleBook, asOf: string) {
  const rowsOf = (id: string) => tableOf(book, id).rows.filter((row) => inForce(row, asOf))
  const needs = Object.keys(tableOf(book, 'pre-approval').results)
  return {
    'filing-type': { rows: rowsOf('filing-type').map(({ when, result }) => ({ when, result })) },
    // Decided for each service of the site; the strongest need of all of them counts.
    'pre-approval': {
      rows: [
        ...rowsOf('pre-approval')
          .toSorted((a, b) => needs.indexOf(a.result) - needs.indexOf(b.result))
          .map(({ when: { category = [], ...rest }, result }) => ({
            when: { 'website.services': category, ...rest },
            result,
          })),
        { when: {}, result: 'none' },
      ],
    },
  }
}

/** Milliseconds of processor time of one call, so that a busy machine makes nobody slower. */
function cost(work: () => unknown): number {
  for (let warm = 0; warm < 300; warm += 1) work()
  const begin = process.cpuUsage()
  for (let call = 0; call < CALLS; call += 1) work()
  const { user, system } = process.cpuUsage(begin)
  return (user + system) / 1000 / CALLS
}
