import type { Action, Block, Statement, SummaryRow, Tone } from '../../message.ts'
import { plainLine } from '../markdown.ts'
import { fill } from '../../fill.ts'
import type { ChannelWords } from '../words.ts'
import {
  actionSets,
  heading,
  oneLine,
  richText,
  sourceText,
  submitAction,
  within,
  endWithin,
  type CardElement,
} from './elements.ts'

/** A piece of a card that is not divided: what fits goes into one card, the rest into the next. */
export interface Part {
  readonly elements: readonly CardElement[]
  /** Parts of one list are folded and unfolded together. */
  readonly fold?: { readonly list: object; readonly title: string }
  /**
   * A field named `answer`, or a button that sends an answer of its own. In one card, hosts older than Adaptive
   * Cards 1.3 would send the field with the button, and the field would win.
   */
  readonly holds?: 'field' | 'answer'
}

/** Weights of what stays together, and of a label. */
const MOST = 8_000
const MOST_LABEL = 4_000
const STYLES: Readonly<Record<Tone, string | undefined>> = {
  plain: undefined,
  notice: 'emphasis',
  warning: 'warning',
  success: 'good',
  error: 'attention',
}

export function partsOf(block: Block, words: ChannelWords): readonly Part[] {
  switch (block.kind) {
    case 'heading':
      return [{ elements: heading(block.text, 'Large') }]
    case 'text':
      return slices(richText(block.text)).map((lines) => ({ elements: toned(lines, block.tone) }))
    case 'statements':
      return block.folded
        ? foldedParts(block, words)
        : titled(
            block.title,
            block.items
              .flatMap((statement) => statementElements(statement, words))
              .map((element) => [element]),
          )
    case 'summary':
      return titled(
        block.title,
        block.rows.map((row) => [rowElement(row)]),
      ).map((part, at) => ({ ...part, ...heldBy([block.rows[at]?.change]) }))
  }
}

function foldedParts(block: Extract<Block, { kind: 'statements' }>, words: ChannelWords): readonly Part[] {
  const name = plainLine(block.title ?? words.sources)
  const title = oneLine(fill(words.aside, { text: name, aside: block.items.length }))
  return block.items
    .flatMap((statement) => statementElements(statement, words))
    .map((element) => ({ elements: [element], fold: { list: block, title } }))
}

export function heldBy(actions: readonly (Action | undefined)[]): Pick<Part, 'holds'> {
  return actions.some((action) => action?.payload.kind === 'answer') ? { holds: 'answer' } : {}
}

/** The title stays with the first item. */
function titled(title: string | undefined, items: readonly (readonly CardElement[])[]): readonly Part[] {
  const head = title === undefined ? [] : heading(title, 'Medium')
  if (items.length === 0) return head.length === 0 ? [] : [{ elements: head }]
  return items.map((elements, at) => ({ elements: at === 0 ? [...head, ...elements] : elements }))
}

/** One container, or several where the statement is too long for a card or has very many sources. */
function statementElements(
  { text, note, sources, confidence }: Statement,
  words: ChannelWords,
): readonly CardElement[] {
  const small = { size: 'Small', isSubtle: true } as const
  const lines = [
    ...richText(text),
    ...(note === undefined ? [] : richText(note, { isSubtle: true })),
    ...(confidence === undefined ? [] : [sourceText(oneLine(confidence), undefined, small)]),
    ...sources.map(({ label, url }) =>
      sourceText(fill(words.source, { source: oneLine(label, 500) }), url, small),
    ),
  ]
  return slices(lines).map((items) => ({ type: 'Container', spacing: 'Small', items }))
}

function rowElement({ label, value, change }: SummaryRow): CardElement {
  const items = [
    ...within(richText(label, { isSubtle: true, size: 'Small' }), MOST_LABEL),
    ...within(richText(value), MOST),
  ]
  if (!change) return { type: 'Container', spacing: 'Small', items }
  const tooltip = oneLine(`${change.label} ${plainLine(label)}`)
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 'stretch', items },
      {
        type: 'Column',
        width: 'auto',
        verticalContentAlignment: 'Center',
        items: actionSets([submitAction(change.label, change.payload, { tooltip })]),
      },
    ],
  }
}

function toned(items: readonly CardElement[], tone: Tone = 'plain'): readonly CardElement[] {
  const style = STYLES[tone]
  return style === undefined ? items : [{ type: 'Container', style, items }]
}

/** A long text in pieces that fit into a card each. */
function slices(lines: readonly CardElement[]): readonly (readonly CardElement[])[] {
  if (lines.length === 0) return []
  const end = endWithin(lines, MOST)
  return [lines.slice(0, end), ...slices(lines.slice(end))]
}
