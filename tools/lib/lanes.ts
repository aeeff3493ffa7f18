import { arrow } from './svg.ts'

/** An answer box from which a line leads to a question. */
export interface Exit {
  /** Middle of the box, and its lower edge. */
  readonly x: number
  readonly bottom: number
  readonly from: number
  readonly to: number
  /** Nothing stands between the box and the next question. */
  readonly straight: boolean
}

const COLOURS = [
  '#b4490f',
  '#1d6f8a',
  '#7a3b9c',
  '#2f7d32',
  '#a3244d',
  '#5d5a14',
  '#2a4fa8',
  '#6d4037',
] as const
const LANE = 22
const DOOR = 22

/**
 * Lines from answers to questions. To the next question straight down; to a later one aside, along a lane that all
 * lines to the same question share. Lanes that end sooner lie nearer, so that lines cross little.
 */
export function routeLanes(
  exits: readonly Exit[],
  doors: readonly number[],
  edge: number,
): { readonly drawn: readonly string[]; readonly right: number } {
  const aside = exits.filter((exit) => !exit.straight)
  const lanes = laneOf(aside)
  const drawn = exits
    .filter((exit) => exit.straight)
    .map((exit) =>
      arrow(
        [
          [exit.x, exit.bottom],
          [exit.x, doors[exit.to] ?? exit.bottom],
        ],
        '#4a5468',
      ),
    )
  for (const exit of aside) {
    const x = edge + 18 + (lanes.get(exit.to) ?? 0) * LANE
    const colour = COLOURS[exit.to % COLOURS.length] ?? COLOURS[0]
    // Of the boxes in one row the rightmost turns off first: lines within a row never cross.
    const later = aside.filter((other) => other.bottom === exit.bottom && other.x > exit.x).length
    const turn = exit.bottom + 10 + later * 9
    const door = (doors[exit.to] ?? turn) + DOOR
    drawn.push(
      arrow(
        [
          [exit.x, exit.bottom],
          [exit.x, turn],
          [x, turn],
          [x, door],
          [edge, door],
        ],
        colour,
      ),
    )
    drawn.push(`<circle cx="${x}" cy="${turn}" r="3.5" fill="${colour}"/>`)
  }
  const used = Math.max(0, ...[...lanes.values()].map((lane) => lane + 1))
  return { drawn, right: edge + 18 + used * LANE }
}

/** A lane for each target, reused once its line has ended; `from` and `to` count questions. */
function laneOf(exits: readonly Exit[]): ReadonlyMap<number, number> {
  const spans = [...new Set(exits.map((exit) => exit.to))]
    .map((to) => ({ to, from: Math.min(...exits.filter((exit) => exit.to === to).map((exit) => exit.from)) }))
    .sort((a, b) => a.to - a.from - (b.to - b.from) || a.to - b.to)
  const lanes: { from: number; to: number }[][] = []
  const chosen = new Map<number, number>()
  for (const span of spans) {
    const free = lanes.findIndex((lane) =>
      lane.every((other) => span.from >= other.to || span.to <= other.from),
    )
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = [...(lanes[lane] ?? []), span]
    chosen.set(span.to, lane)
  }
  return chosen
}
