import type { AnswerValue } from '../../rules/answers.ts'
import type { Edge, Graph, Node } from './graph.ts'

/** The same point of the conversation in several graphs, one per watched table. */
export type Point = readonly Node[]

/** Answers that lead on in the same way for every watched table. */
export interface Choice {
  readonly values: readonly AnswerValue[]
  /** Which edge each graph takes: equal for answers that make no difference. */
  readonly edges: readonly Edge[]
  readonly to: Point
}

export function startOf(graphs: readonly Graph[]): Point {
  return graphs.map(({ root }) => root)
}

/** What can be answered at a point, answers together that no table tells apart. */
export function choicesAt(point: Point): readonly Choice[] {
  const choices = new Map<string, { values: AnswerValue[]; edges: readonly Edge[]; to: Point }>()
  for (const value of point[0]?.edges.flatMap(({ values }) => values) ?? []) {
    const edges = point.flatMap((node) => edgeFor(node, value) ?? [])
    const key = point.map((node, index) => node.edges.indexOf(edges[index] as Edge)).join()
    const known = choices.get(key)
    if (known) known.values.push(value)
    else choices.set(key, { values: [value], edges, to: edges.map(({ to }) => to) })
  }
  return [...choices.values()]
}

const byValue = new WeakMap<Node, ReadonlyMap<string, Edge>>()

function edgeFor(node: Node, value: AnswerValue): Edge | undefined {
  let edges = byValue.get(node)
  if (!edges) {
    edges = new Map(node.edges.flatMap((edge) => edge.values.map((each) => [String(each), edge] as const)))
    byValue.set(node, edges)
  }
  return edges.get(String(value))
}
