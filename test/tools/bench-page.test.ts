import { describe, expect, it } from 'vitest'
import { page, type Results } from '../../tools/bench/page.ts'
import type { Round } from '../../tools/bench/throughput.ts'

const round = (name: string, perCore: number, startMs: number): Round => ({
  name,
  oneAtATime: 1,
  perSecond: perCore,
  perCore,
  p50: 1,
  p99: 2,
  startMs,
  memory: 100,
})
const results: Results = {
  setting: 'Measured somewhere.',
  names: ['(b) botbuilder echo', '(c) ours, /api/messages, embedded'],
  rounds: [
    round('(b) botbuilder echo', 1000, 500),
    round('(c) ours, /api/messages, embedded', 950, 1200),
    round('(c) ours, /api/messages, embedded', 100, 1200),
    round('(c) ours, /api/messages, embedded', 900, 1200),
  ],
  two: undefined,
  growth: {
    embedded: [
      { cases: 1000, cost: 1, turns: 10 },
      { cases: 1_000_000, cost: 1.2, turns: 10 },
    ],
  },
  idle: [{ conversations: 1000, own: 150, memory: 200 }],
  due: [{ store: 'embedded', cases: 10, sent: 40, seconds: 2 }],
  next: { answers: 50, rows: [{ engine: 'ours', milliseconds: 0.1, agrees: 50 }] },
}

/** The row of an aim, as its cells. */
function aim(name: string): readonly string[] {
  const row = page(results)
    .split('\n')
    .find((line) => line.startsWith(`| ${name}`))
  return (row ?? '').split('|').map((cell) => cell.trim())
}

describe('the page of the bench', () => {
  it('takes the median of the rounds, and says of an aim whether it was reached', () => {
    expect(aim('embedded ≥ 0.9').slice(2, 4)).toEqual(['0.90', 'yes'])
    expect(aim('start under 2').slice(2, 4)).toEqual(['2.40', 'no'])
    expect(aim('most cases against fewest').slice(2, 4)).toEqual(['1.20', 'no'])
    expect(aim('next question under 1 ms').slice(2, 4)).toEqual(['0.10 ms', 'yes'])
  })

  it('says so where something was not measured', () => {
    for (const name of ['Redis ≥ 3', 'two processes', 'faster than survey-core'])
      expect(aim(name)[2]).toBe('not measured')
  })
})
