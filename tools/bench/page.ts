import { FLOOR, OURS, OURS_REDIS, WATERFALL_REDIS } from './contestants.ts'
import type { Due } from './due.ts'
import type { Growth } from './growth.ts'
import type { Idle } from './idle.ts'
import type { Comparison } from './peers.ts'
import { median, type Round } from './throughput.ts'

export interface Results {
  readonly setting: string
  readonly names: readonly string[]
  readonly rounds: readonly Round[]
  readonly two:
    | { readonly one: number; readonly two: number; readonly perCoreOne: number; readonly perCoreTwo: number }
    | undefined
  readonly growth: Readonly<Record<string, readonly Growth[]>>
  readonly idle: readonly Idle[]
  readonly due: readonly (Due & { readonly store: string })[]
  readonly next: Comparison
}

/** The page: tables of what was measured, and of each aim whether it was reached in this very run. */
export function page(results: Results): string {
  return [
    '# Performance',
    results.setting,
    '![Turns for a second of processor time](performance.svg)',
    '## Turns',
    turnsTable(results),
    '(a) and (b) keep nothing and answer with one line. A turn of ours resolves the interview, composes its messages, ' +
      'seals what was said and is on disk (or in Redis with `appendfsync always`) before it is answered. ' +
      '“For a core” counts the processor time of the server alone, so a busy machine does not change it.',
    '## Aims',
    aimsTable(results),
    '## Next question',
    nextTable(results.next),
    `After ${results.next.answers} answers, which is as many as this interview asks of one person. Each engine is built once and is given all ` +
      'answers, as a server does that keeps nothing between turns. The others have no third value for a decision that is still ' +
      'open, so they ask some questions earlier or later; “agrees” counts the places where they ask the same one.',
    '## Cases in the store',
    growthTable(results.growth),
    'Processor time of a turn about a random case, in process, with the store sealed as in the app.',
    '## Idle conversations',
    idleTable(results.idle),
    'One server in which so many conversations had one turn each and are silent since. Nothing of them is kept in the ' +
      'process; pages of the embedded store that were touched count as resident until the system wants them back. The last ' +
      'column counts from the first row on, and holds whatever the collector has not taken yet.',
    '## Reminders due at once',
    dueTable(results.due),
  ].join('\n\n')
}

function turnsTable({ names, rounds }: Results): string {
  const of = (name: string, pick: (round: Round) => number) => medianOf(rounds, name, pick)
  return table(
    [
      '',
      'for a core, 32 at once',
      'ratio to (b)',
      'turns/s, 1 at a time',
      'turns/s, 32 at once',
      'p50, ms',
      'p99, ms',
      'start, ratio to (b)',
      'memory, MB',
    ],
    names.map((name) => [
      name,
      of(name, (round) => round.perCore).toFixed(0),
      ratio(
        of(name, (round) => round.perCore),
        of(FLOOR, (round) => round.perCore),
      ),
      of(name, (round) => round.oneAtATime).toFixed(0),
      of(name, (round) => round.perSecond).toFixed(0),
      of(name, (round) => round.p50).toFixed(0),
      of(name, (round) => round.p99).toFixed(0),
      ratio(
        of(name, (round) => round.startMs),
        of(FLOOR, (round) => round.startMs),
      ),
      of(name, (round) => round.memory).toFixed(0),
    ]),
  )
}

interface Aim {
  readonly aim: string
  readonly measured: number | undefined
  readonly reached: (measured: number) => boolean
  readonly shown?: (measured: number) => string
}

function aimsTable({ rounds, two, growth, next }: Results): string {
  const core = (name: string) => medianOf(rounds, name, (round) => round.perCore)
  const start = (name: string) => medianOf(rounds, name, (round) => round.startMs)
  const quotient = (a: number | undefined, b: number | undefined) => (a && b ? a / b : undefined)
  const ours = next.rows.find(({ engine }) => engine === 'ours')?.milliseconds
  const others = next.rows.flatMap(({ engine, milliseconds }) =>
    engine === 'ours' || milliseconds === undefined ? [] : [milliseconds],
  )
  const costs = (growth['embedded'] ?? []).map(({ cost }) => cost)
  const atLeast = (aim: number) => (measured: number) => measured >= aim
  const aims: readonly Aim[] = [
    { aim: 'embedded ≥ 0.9 × (b)', measured: quotient(core(OURS), core(FLOOR)), reached: atLeast(0.9) },
    { aim: 'Redis ≥ 0.6 × (b)', measured: quotient(core(OURS_REDIS), core(FLOOR)), reached: atLeast(0.6) },
    {
      aim: 'Redis ≥ 3 × (d) on the same Redis',
      measured: quotient(core(OURS_REDIS), core(WATERFALL_REDIS)),
      reached: atLeast(3),
    },
    {
      aim: 'two processes on Redis ≥ 1.7 × one, load and Redis on the same two cores',
      measured: quotient(two?.two, two?.one),
      reached: atLeast(1.7),
    },
    {
      aim: 'the same by processor time: if each had a core for itself',
      measured: two && (2 * two.perCoreTwo) / two.perCoreOne,
      reached: atLeast(1.7),
    },
    {
      aim: 'most cases against fewest, cost of a turn within 10 %',
      measured: quotient(costs.at(-1), costs[0]),
      reached: (measured) => measured <= 1.1,
    },
    {
      aim: 'next question under 1 ms',
      measured: ours,
      reached: (measured) => measured < 1,
      shown: (measured) => `${measured.toFixed(2)} ms`,
    },
    {
      aim: 'faster than survey-core and publicodes, times',
      measured: quotient(others.length === 0 ? undefined : Math.min(...others), ours),
      reached: (measured) => measured > 1,
    },
    {
      aim: 'start under 2 × (b)',
      measured: quotient(start(OURS), start(FLOOR)),
      reached: (measured) => measured < 2,
    },
  ]
  return table(
    ['aim', 'measured', 'reached'],
    aims.map(({ aim, measured, reached, shown = (value) => value.toFixed(2) }) =>
      measured === undefined
        ? [aim, 'not measured', '–']
        : [aim, shown(measured), reached(measured) ? 'yes' : 'no'],
    ),
  )
}

function nextTable({ rows, answers }: Comparison): string {
  return table(
    ['', 'one next question, ms', 'agrees'],
    rows.map(({ engine, milliseconds, agrees }) => [
      engine,
      milliseconds?.toFixed(2) ?? 'not run',
      agrees === undefined ? '–' : `${agrees} of ${answers}`,
    ]),
  )
}

function growthTable(growth: Results['growth']): string {
  return table(
    ['store', 'cases', 'ms for a turn', 'against the fewest'],
    Object.entries(growth).flatMap(([store, sizes]) =>
      sizes.map(({ cases, cost }) => [
        store,
        cases.toLocaleString('en'),
        cost.toFixed(3),
        ratio(cost, sizes[0]?.cost ?? 0),
      ]),
    ),
  )
}

function idleTable(idle: readonly Idle[]): string {
  return table(
    ['conversations', 'own memory, MB', 'with pages of the store, MB', 'own, kB for a conversation'],
    idle.map(({ conversations, own, memory }) => [
      conversations.toLocaleString('en'),
      own.toFixed(0),
      memory.toFixed(0),
      conversations === idle[0]?.conversations
        ? '–'
        : (((own - (idle[0]?.own ?? 0)) * 1024) / (conversations - (idle[0]?.conversations ?? 0))).toFixed(2),
    ]),
  )
}

function dueTable(due: Results['due']): string {
  return table(
    ['store', 'cases', 'reminders handed out', 'seconds', 'for a second'],
    due.map(({ store, cases, sent, seconds }) => [
      store,
      cases.toLocaleString('en'),
      sent.toLocaleString('en'),
      seconds.toFixed(1),
      (sent / seconds).toFixed(0),
    ]),
  )
}

export function medianOf(rounds: readonly Round[], name: string, pick: (round: Round) => number): number {
  return median(rounds.filter((round) => round.name === name).map(pick))
}

function ratio(value: number, floor: number): string {
  return floor === 0 ? '–' : (value / floor).toFixed(2)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
