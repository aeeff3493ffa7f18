import { UNSURE, type AnswerValue, type Answers } from '../../rules/answers.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import { valuesOf } from '../../rules/rulebook.ts'
import type { Table } from '../../rules/schema.ts'
import { optionsOf } from '../dialogs.ts'
import type { Question } from '../schema.ts'
import { filingSorts, framesFor, type Frame } from './frame.ts'
import { typedAnswers } from './typed.ts'
import { watchOf, type Watched } from './watch.ts'

/** Answers that lead on in the same way. */
export interface Edge {
  readonly values: readonly AnswerValue[]
  /** Rows of tables that these answers settled in the watched table, `?` where they stay possible. */
  readonly outcomes: readonly string[]
  readonly to: Node
}

/** A point of the conversation: one question, for all cases whose further course is the same. */
export interface Node {
  readonly question: Question | undefined
  /** A shortest found way to get here. */
  readonly answers: Answers
  readonly edges: readonly Edge[]
  /** Equal for nodes from which everything further is the same. */
  readonly kind: number
  /** Number of ways to answer from here to the end. */
  readonly paths: number
}

/** What tables walked over the same frames share. */
interface Ground {
  readonly start: Frame
  /** Nodes at which a table has nothing left to decide, by frame: from there on all tables are alike. */
  readonly settled: Map<number, Node>
  /** Numbers of kinds, the same in all graphs. */
  readonly kinds: Map<string, number>
}

export type Frames = (table: Table, questions: readonly Question[]) => Ground

interface Visited {
  readonly node: Node
  readonly outcomes: readonly string[]
}

/** The rows that hold or stay possible once the table is settled, with answers that settle it so. */
export interface Closing {
  readonly rows: readonly string[]
  readonly answers: Answers
}

export interface Graph {
  readonly root: Node
  /** Rows that are settled before anything is answered. */
  readonly outcomes: readonly string[]
  readonly nodes: readonly Node[]
  readonly closings: readonly Closing[]
  readonly table: Table
  /** The questions walked through, in order. */
  readonly questions: readonly Question[]
}

/**
 * Walks the dialogs exhaustively, watching one table: every answer to every question, all regions and kinds of
 * entity, "not sure" included. Prefixes with the same frame and residue share a node, so the graph stays small while it
 * stands for all paths. Watching all tables at once would multiply what has nothing to do with each other.
 */
export function buildGraph(
  book: RuleBook,
  questions: readonly Question[],
  asOf: string,
  table: Table,
  frames: Frames,
): Graph {
  const watch = watchOf(book, questions, asOf, table)
  const { start, settled, kinds } = frames(table, questions)
  const known = new Map<string, Node>()
  const closings = new Map<string, Closing>()

  const visit = (frame: Frame, from: number, answers: Answers, rows: readonly Watched[]): Visited => {
    const residue = watch.at(frame, answers, rows)
    if (table.hit === 'unique' && watch.isClosed(frame.index) && !watch.isClosed(from))
      closings.set(residue.outcomes.join(' '), { rows: residue.outcomes, answers })
    const key = `${frame.number} ${residue.signature}`
    const isSettled = residue.rows.length === 0 && (table.hit === 'collect' || watch.isClosed(frame.index))
    const node =
      known.get(key) ??
      (isSettled ? settled.get(frame.number) : undefined) ??
      expand(frame, answers, residue.rows)
    known.set(key, node)
    if (isSettled) settled.set(frame.number, node)
    return { node, outcomes: residue.outcomes }
  }

  const expand = (frame: Frame, answers: Answers, rows: readonly Watched[]): Node => {
    const { question } = frame
    if (!question) return { question, answers, edges: [], kind: 0, paths: 1 }
    const edges = new Map<string, { values: AnswerValue[]; outcomes: readonly string[]; to: Node }>()
    for (const value of answersTo(book, question, asOf)) {
      const { node, outcomes } = visit(
        frame.next(value),
        frame.index,
        { ...answers, [question.id]: value },
        rows,
      )
      const key = `${node.kind} ${outcomes.join(' ')}`
      const edge = edges.get(key)
      // "Not sure" stays an edge of its own: it is no value that could be merged with one. What is left out is.
      const unsure = value === UNSURE && question.unsure
      if (edge && !unsure) edge.values.push(value)
      else edges.set(unsure ? `${UNSURE} ${key}` : key, { values: [value], outcomes, to: node })
    }
    const list = [...edges.values()]
    const shape = JSON.stringify([
      question.id,
      list.map(({ values, outcomes, to }) => [values, outcomes, to.kind]),
    ])
    const kind = kinds.get(shape) ?? kinds.size + 1
    kinds.set(shape, kind)
    return {
      question,
      answers,
      edges: list,
      kind,
      paths: list.reduce((sum, { values, to }) => sum + values.length * to.paths, 0),
    }
  }

  const { node: root, outcomes } = visit(start, -1, {}, watch.start)
  return { root, outcomes, nodes: nodesFrom(root), closings: [...closings.values()], table, questions }
}

/** All nodes of a graph, those that it shares with others included. */
function nodesFrom(root: Node): readonly Node[] {
  const found = new Set([root])
  for (const node of found) for (const { to } of node.edges) found.add(to)
  return [...found]
}

/** The frames on which a table is watched: tables to which the same filing types are alike share them. */
export function sharedFrames(book: RuleBook, asOf: string): Frames {
  const known = new Map<string, Ground>()
  return (table, questions) => {
    const conditions = [...questions, ...table.rows].map(({ when }) => when)
    const sorts = filingSorts(book, conditions)
    const key = `${partition(sorts)} ${questions.map(({ id }) => id).join()}`
    const ground = known.get(key) ?? {
      start: framesFor(book, questions, asOf, sorts),
      settled: new Map(),
      kinds: new Map(),
    }
    known.set(key, ground)
    return ground
  }
}

/** The same text for sorts that put the same results together, whatever their marks. */
function partition(sorts: ReadonlyMap<string, string>): string {
  const marks = [...new Set(sorts.values())]
  return [...sorts.values()].map((mark) => marks.indexOf(mark)).join()
}

/** What can be answered: each value, a list also with everything at once, and "not sure" where it is allowed. */
export function answersTo(book: RuleBook, question: Question, asOf: string): readonly AnswerValue[] {
  if (question.field !== undefined) return typedAnswers(question, asOf)
  const key = book.keys.get(question.id)
  const values = optionsOf(book, question)
    .map(({ value }) => value)
    .filter((value) => valuesOf(book, question.id).includes(value))
  const joined = values.filter((value) => value !== key?.alone)
  const single: readonly AnswerValue[] =
    key?.type === 'choices' ? [...values.map((value) => [value]), joined] : values
  return question.unsure ? [...single, UNSURE] : single
}
