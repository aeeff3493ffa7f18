import type { Dialogs } from '../../src/interview/dialogs.ts'
import type { Question, Section } from '../../src/interview/schema.ts'
import type { Language } from '../../src/language.ts'
import { UNSURE } from '../../src/rules/answers.ts'
import type { RuleBook } from '../../src/rules/rulebook.ts'
import type { Labels } from './labels.ts'
import { drawOutcomes } from './draw-outcomes.ts'
import { routeLanes, type Exit } from './lanes.ts'
import { sectionFlow, type Branch } from './section-flow.ts'
import { TYPED } from './section-walk.ts'
import { arrow, box, INK, QUIET, stack, svg, textBlock, type TextBlock } from './svg.ts'
import type { Say } from './words.ts'

export interface Drawing {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly language: Language
  readonly say: Say
  readonly labels: Labels
  /** Day on which the rules are read (ISO date). */
  readonly asOf: string
}

const LEFT = 32
const WIDTH = 920
const PAD = 14
const GAP = 26
const STRAIGHT = '#4a5468'
const MOST_IN_A_ROW = 6

/** One section of the dialog: its questions from top to bottom, and where every answer leads. */
export function drawSection(drawing: Drawing, section: Section): string {
  const { book, language, say, asOf } = drawing
  const flow = sectionFlow(book, section, asOf)
  const body: string[] = []
  const exits: Exit[] = []
  const doors: number[] = []
  const put = (block: TextBlock, x: number, y: number) => {
    body.push(block.at(x, y))
    return y + block.height
  }
  let y = put(heading(drawing, section), LEFT, 28) + GAP

  /** The answers below a card, each box an exit; returns where the next card begins. */
  const answers = (
    branches: readonly Branch[],
    from: number,
    question: Question | undefined,
    top: number,
  ): number => {
    const ordered = [...branches].sort((a, b) => Number(a.to !== from + 1) - Number(b.to !== from + 1))
    const perRow = Math.min(ordered.length, MOST_IN_A_ROW)
    const width = (WIDTH - (perRow - 1) * 16) / perRow
    let rowTop = top
    for (let start = 0; start < ordered.length; start += perRow) {
      const row = ordered.slice(start, start + perRow)
      const blocks = row.map((branch) => answerBlock(drawing, section, question, branch, width - 2 * PAD))
      const height = Math.max(...blocks.map((block) => block.height)) + 2 * PAD - 4
      // Only from the last row does a straight line meet nothing on its way down.
      const straight = (branch: Branch) => branch.to === from + 1 && start + perRow >= ordered.length
      row.forEach((branch, index) => {
        const x = LEFT + index * (width + 16)
        if (start === 0 && question)
          body.push(
            arrow(
              [
                [x + width / 2, rowTop - 22],
                [x + width / 2, rowTop],
              ],
              STRAIGHT,
            ),
          )
        exits.push({
          x: x + width / 2,
          bottom: rowTop + height,
          from,
          to: branch.to,
          straight: straight(branch),
        })
        body.push(box(x, rowTop, width, height, { fill: '#f3f8f1', stroke: '#7fa172', radius: 16 }))
        body.push(blocks[index]?.at(x + PAD, rowTop + PAD - 2) ?? '')
      })
      rowTop += height + 34 + 9 * row.filter((branch) => !straight(branch)).length
    }
    return rowTop
  }
  y = answers(flow.start, -1, undefined, y)
  section.questions.forEach((question, index) => {
    const card = questionBlock(drawing, question, index)
    const height = card.height + 2 * PAD
    doors[index] = y
    body.push(box(LEFT, y, WIDTH, height, { fill: '#eef3fb', stroke: '#5b7db1', weight: 2 }))
    y = put(card, LEFT + PAD, y + PAD) + PAD + 22
    y = answers(flow.questions[index] ?? [], index, question, y)
  })
  doors[section.questions.length] = y
  body.push(box(LEFT, y, WIDTH, 40, { fill: '#f4f4f6', stroke: '#6b7280', radius: 20 }))
  y = put(textBlock(say('map-end'), WIDTH, { size: 15, bold: true }), LEFT + 24, y + 9) + 30
  const outcomes = drawOutcomes(drawing, section, LEFT, y, WIDTH)
  const lanes = routeLanes(exits, doors, LEFT + WIDTH)
  return svg({
    title: say('map-dialog', { title: section.title[language] }),
    description: say('map-dialog-desc', {
      count: section.questions.length,
      questions: section.questions.map((question) => question.label[language]).join(say('comma')),
    }),
    language,
    width: lanes.right + LEFT,
    height: outcomes.bottom + 28,
    body: [...lanes.drawn, ...body, ...outcomes.drawn],
  })
}

function heading({ language, say }: Drawing, section: Section): TextBlock {
  return stack([
    textBlock(say('map-dialog', { title: section.title[language] }), WIDTH, { size: 24, bold: true }),
    textBlock(say('map-dialog-lead'), WIDTH, { size: 14, fill: QUIET }),
  ])
}

function questionBlock({ language, say, labels }: Drawing, question: Question, index: number): TextBlock {
  const inner = WIDTH - 2 * PAD
  const when = labels.condition(question.when)
  return stack([
    textBlock(`${index + 1}. ${question.label[language]}`, inner, { size: 17, bold: true }),
    textBlock(question.ask[language], inner, { size: 15 }),
    ...(when.length > 0
      ? [textBlock(say('map-when') + when.join(say('map-and')), inner, { size: 13, fill: '#8a4b08' })]
      : []),
    textBlock(question.id, inner, { size: 11, fill: QUIET }),
  ])
}

function answerBlock(
  drawing: Drawing,
  section: Section,
  question: Question | undefined,
  branch: Branch,
  width: number,
): TextBlock {
  const { language, say, labels } = drawing
  const next = section.questions[branch.to]
  const condition =
    branch.condition === 'otherwise' ? [say('map-otherwise')] : labels.condition(branch.condition)
  const said = question ? answerText(drawing, question, branch.values) : say('map-start')
  const target = next
    ? say('map-next', { number: branch.to + 1, label: next.label[language] })
    : say('map-end')
  return stack(
    [
      textBlock(said, width, { size: 14, bold: true }),
      ...(condition.length > 0
        ? [
            textBlock(
              branch.condition === 'otherwise'
                ? condition.join('')
                : say('map-if', { condition: condition.join(say('map-and')) }),
              width,
              { size: 13, fill: '#8a4b08' },
            ),
          ]
        : []),
      textBlock(`→ ${target}`, width, { size: 13, fill: INK }),
    ],
    3,
  )
}

function answerText({ book, say, labels }: Drawing, question: Question, values: readonly string[]): string {
  const given = values.filter((value) => value !== UNSURE)
  const allRegions = !question.options && given.length === book.provinces.size
  const open = values.includes(UNSURE) ? [say(question.field ? 'map-skipped' : 'map-unsure')] : []
  const named = allRegions
    ? [say('map-regions', { count: given.length })]
    : given.map((value) => (value === TYPED ? say('map-typed') : labels.value(question.id, value)))
  return [...named, ...open].join(say('map-or'))
}
