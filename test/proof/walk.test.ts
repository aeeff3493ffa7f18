import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { agreementProblems } from '../../src/interview/proof/agreement.ts'
import { buildGraph, sharedFrames, type Graph } from '../../src/interview/proof/graph.ts'
import { walkDialogs, type DialogsRead } from '../../src/interview/proof/prove.ts'
import { decidedKnowledge } from '../../src/interview/proof/knowledge.ts'
import { productOf } from '../../src/interview/proof/product.ts'
import type { Answers } from '../../src/rules/answers.ts'
import { evaluate } from '../../src/rules/table.ts'
import { differenceFrom, snapshotOf } from '../../src/interview/proof/snapshot.ts'
import { reachProblems } from '../../src/interview/proof/reach.ts'
import { applicationWalks, questionsFor } from '../../src/interview/proof/relevant.ts'
import { unsureProblems } from '../../src/interview/proof/unsure.ts'
import type { Problem } from '../../src/rules/proof/problem.ts'
import { NEEDED } from '../../src/rules/proof/tables/prove.ts'
import type { RuleBook } from '../../src/rules/rulebook.ts'
import {
  dialogsWith,
  expectProblem,
  removeEntry,
  replace,
  rulesWith,
  soundBook,
  TODAY,
  within,
  type Edit,
} from './support.ts'

/** Questions about tricky cases: without them the same paths are far fewer, and these tests quick. */
const TRICKY = ['domain.access', 'entity.changed', 'entity.account', 'entity.websites', 'order.open']
const short: Edit = (text) => TRICKY.reduce((left, id) => removeEntry(id)(left) ?? '', text)

/** The tables every assessment uses are enough here. */
const book = essential(soundBook)
function essential(full: RuleBook | undefined): RuleBook {
  if (!full) throw new TypeError('the rules cannot be read')
  return { ...full, tables: new Map([...full.tables].filter(([id]) => NEEDED.includes(id))) }
}

let sound: { read: DialogsRead; problems: readonly Problem[]; graphs: readonly Graph[] }
beforeAll(() => {
  sound = walked((text) => text)
})

/** Walks shortened dialogs with one change to the first tree. */
function walked(edit: Edit, rules = book): typeof sound {
  const { read, problems } = dialogsWith('1-filing.yaml', (text) => edit(short(text) ?? ''))
  if (!read) throw new TypeError(problems[0]?.problem)
  return { read, ...walkDialogs(rules, read, TODAY) }
}

function brought(edit: Edit, rules?: RuleBook): readonly Problem[] {
  const before = new Set(sound.problems.map((problem) => JSON.stringify(problem)))
  return walked(edit, rules).problems.filter(
    (problem) => !problem.note && !before.has(JSON.stringify(problem)),
  )
}

describe('breaks that only a walk finds', () => {
  it('a question that no path reaches', () => {
    const never = within(
      'domain.filing.provider',
      replace('service.kind: website', 'service.kind: mini-program, filing-type: app-filing'),
    )
    expectProblem(brought(never), {
      file: 'dialogs/1-filing.yaml',
      place: /domain\.filing\.provider/,
      problem: /no path ever reaches this question/,
    })
  })

  it('a question whose answer can change nothing, with the shortest way to it', () => {
    const problems = brought(
      within('domain.filing', replace(/when: \{.*\}/, 'when: { filing-type: { not: file-on-platform } }')),
    )
    expectProblem(problems, {
      file: 'dialogs/1-filing.yaml',
      place: /^domain\.filing$/,
      problem: /changes nothing/,
      example: /^service\.kind (app|website, server\.region outside-mainland)/,
    })
  })

  it('a result that no conversation gives', () => {
    const problems = brought(
      within('server.provider', replace('server.region: mainland', 'server.region: outside-mainland')),
    )
    expectProblem(problems, {
      file: 'rules/decisions/filing-type.yaml',
      place: /results › file-with-server-provider/,
      problem: /no conversation can end with this result/,
    })
  })

  it('a path that ends without a result', () => {
    const rules = essential(
      rulesWith('decisions/filing-type.yaml', removeEntry('filing-type.domain-of-other-entity')).subject
        ?.book,
    )
    expectProblem(
      brought((text) => text, rules),
      {
        file: 'rules/decisions/filing-type.yaml',
        place: /rows/,
        problem: /dead end: a conversation ends without any result of "filing-type"/,
        example: /domain\.filing other-entity/,
      },
    )
  })
})

describe('the application', () => {
  /** The dialogs as they are, with one change to the section on the website's record. */
  const walkedSite = (edit: Edit) => {
    const { read, problems } = dialogsWith('8-site.yaml', edit)
    if (!read) throw new TypeError(problems[0]?.problem)
    const walks = applicationWalks(book, read.dialogs)
    const frames = sharedFrames(book, TODAY)
    const graphs = walks.map(({ table, questions }) => buildGraph(book, questions, TODAY, table, frames))
    return { read, graphs }
  }

  it('is walked with every question of it, and the resolver stands where the walk stands', () => {
    const { read, graphs } = walkedSite((text) => text)
    const asked = new Set(graphs.flatMap(({ nodes }) => nodes.map(({ question }) => question?.id)))
    const filled = read.dialogs.sections.filter(({ application }) => application)
    expect(filled.flatMap(({ questions }) => questions.filter(({ id }) => !asked.has(id)))).toEqual([])
    for (const graph of graphs)
      expect(agreementProblems(book, read.dialogs, graph, TODAY, read.fileOf, 100)).toEqual([])
  })

  it('has no question that no path reaches', () => {
    const never = within('site.remark', replace('start: now', 'start: later, consent.personal: "yes"'))
    const { read, graphs } = walkedSite(never)
    expectProblem(reachProblems(book, sound.graphs, graphs, read.dialogs, TODAY, read.fileOf), {
      file: 'dialogs/8-site.yaml',
      place: /^site\.remark$/,
      problem: /no path ever reaches this question/,
    })
  })
})

describe('"not sure"', () => {
  it('never drops a result that an answer gives', () => {
    const filing = sound.graphs.find(({ table }) => table.id === 'filing-type')
    const node = filing?.nodes.find(({ question }) => question?.id === 'entity.filing')
    if (!filing || !node) throw new TypeError('entity.filing is not asked')
    expect(unsureProblems(book, filing, TODAY)).toEqual([])
    // An account answered before it is known whether the key applies: "elsewhere" would bring the default back.
    const answers = {
      ...node.answers,
      'domain.filing': 'none',
      'entity.changed': 'name',
      'entity.account': 'another-account',
    }
    const early = { ...filing, nodes: [{ ...node, answers }] }
    expectProblem(unsureProblems(book, early, TODAY), {
      file: 'rules/decisions/filing-type.yaml',
      place: /entity\.filing/,
      problem: /drops "update-record-first"/,
    })
  })
})

describe('the resolver', () => {
  it('stands where the walk stands', () => {
    const table = book.tables.get('sms-recipient')
    if (!table) throw new TypeError('no table')
    const { read } = sound
    const graph = buildGraph(
      book,
      questionsFor(book, read.dialogs, table),
      TODAY,
      table,
      sharedFrames(book, TODAY),
    )
    expect(graph.nodes.length).toBeGreaterThan(50)
    expect(agreementProblems(book, read.dialogs, graph, TODAY, read.fileOf, 200)).toEqual([])
    const [first, ...others] = graph.nodes.filter(({ question }) => question?.id === 'server.provider')
    if (!first) throw new TypeError('server.provider is not asked')
    const moved = { ...graph, nodes: [{ ...first, answers: {} }, ...others] }
    expect(agreementProblems(book, read.dialogs, moved, TODAY, read.fileOf)).toHaveLength(1)
  })
})

describe('the walk', () => {
  it('settles exactly the rows that hold at the end of any path', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }), (picks) => {
        const { start, choicesAt } = productOf(sound.graphs, [...sound.read.dialogs.questions.values()])
        let [point, answers]: [typeof start, Answers] = [start, {}]
        const settled = sound.graphs.flatMap(({ outcomes }) => outcomes)
        for (const pick of picks) {
          const { question } = point
          if (!question) break
          const choices = choicesAt(point)
          const choice = choices[pick % choices.length]
          const value = choice?.values[pick % choice.values.length]
          if (!choice || value === undefined) throw new TypeError('a question without an answer')
          answers = { ...answers, [question.id]: value }
          settled.push(...choice.edges.flatMap(({ outcomes }) => outcomes))
          point = choice.to
        }
        const know = decidedKnowledge(book, answers, TODAY)
        const held = [...book.tables.values()].flatMap((table) => evaluate(table, know, TODAY))
        expect([...settled].sort()).toEqual(
          held.map(({ row, certain }) => row.id + (certain ? '' : '?')).sort(),
        )
      }),
      { numRuns: 150 },
    )
  })
})

describe('the snapshot', () => {
  it('shows what a change of a rule does, and nothing else', () => {
    const lines = (rules: RuleBook) => snapshotOf(rules, sound.read.dialogs, sound.graphs, TODAY)
    const before = lines(book)
    expect(before.problems).toEqual([])
    expect(before.lines.filter((line) => line.startsWith('region '))).not.toHaveLength(0)
    expect(before.lines.some((line) => line.startsWith('plain → first-time | '))).toBe(true)
    const edit = within('commercial-licence.free', replace('result: not-required', 'result: required'))
    const changed = essential(rulesWith('decisions/commercial-licence.yaml', edit).subject?.book)
    const difference = differenceFrom(before.lines, lines(changed).lines)
    expect(difference?.added.join()).toMatch(/licence: required/)
    expect(difference?.gone.length).toBeGreaterThan(0)
    expect(difference?.gone.every((line) => line.includes('licence') || line.startsWith('plain'))).toBe(true)
  })

  it('equal lines are no difference, in whatever order', () => {
    expect(differenceFrom(['a', 'b'], ['b', 'a'])).toBeUndefined()
    expect(differenceFrom(['a', 'b'], ['b', 'c'])).toEqual({ gone: ['a'], added: ['c'] })
  })
})
