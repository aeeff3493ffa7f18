import type { AnswerValue } from '../../rules/answers.ts'
import type { Question } from '../schema.ts'
import type { Edge, Graph, Node } from './graph.ts'

/** The same point of the conversation in several graphs, one per watched table. */
export interface Point {
  readonly nodes: readonly Node[]
  /** What is asked here. Graphs that do not walk through it stand at a later question already. */
  readonly question: Question | undefined
}

/** Answers that lead on in the same way for every watched table. */
export interface Choice {
  readonly values: readonly AnswerValue[]
  /** Which edge each graph takes: equal for answers that make no difference. */
  readonly edges: readonly Edge[]
  readonly to: Point
}

/** Where all graphs begin, and what can be answered at a point. `order` holds every question of the graphs. */
export interface Product {
  readonly start: Point
  /** Answers together that no table tells apart. */
  readonly choicesAt: (point: Point) => readonly Choice[]
}

export function productOf(graphs: readonly Graph[], order: readonly Question[]): Product {
  const places = new Map(order.map(({ id }, index) => [id, index]))
  const place = (node: Node) => places.get(node.question?.id ?? '') ?? order.length
  const pointAt = (nodes: readonly Node[]): Point => ({
    nodes,
    question: order[Math.min(...nodes.map(place))],
  })
  return {
    start: pointAt(graphs.map(({ root }) => root)),
    choicesAt: (point) => {
      const asking = point.nodes.filter(({ question }) => question === point.question)
      const choices = new Map<string, { values: AnswerValue[]; edges: readonly Edge[]; to: Point }>()
      for (const value of asking[0]?.edges.flatMap(({ values }) => values) ?? []) {
        const edges = asking.flatMap((node) => edgeFor(node, value) ?? [])
        const key = asking.map((node, index) => node.edges.indexOf(edges[index] as Edge)).join()
        const known = choices.get(key)
        if (known) {
          known.values.push(value)
          continue
        }
        const nodes = point.nodes.map((node) =>
          node.question === point.question ? (edgeFor(node, value)?.to ?? node) : node,
        )
        choices.set(key, { values: [value], edges, to: pointAt(nodes) })
      }
      return [...choices.values()]
    },
  }
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
