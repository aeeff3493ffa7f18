import type { Block, Input, Message, Option, Statement, SummaryRow } from '../message.ts'
import { plainLine, plainLines } from './markdown.ts'
import { fill } from '../fill.ts'
import type { ChannelWords } from './words.ts'

/**
 * A message for channels with text alone: options are numbered, and a number is an answer; everything else a
 * person may do stands there as words to type.
 */
export function plainText(message: Message, words: ChannelWords): string {
  return [
    ...message.blocks.map((block) => blockText(block, words)),
    message.input ? inputText(message, message.input, words) : '',
    wordsToType(message, words),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export function blockText(block: Block, words: ChannelWords): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return plainLines(block.text)
    case 'statements':
      return joined([
        plainLine(block.title ?? ''),
        ...block.items.map((statement) => statementText(statement, words)),
      ])
    case 'summary':
      return joined([
        plainLine(block.title ?? ''),
        ...block.rows.map((row) => rowText(row, words)),
        changeText(block.rows, words),
      ])
  }
}

/** An option or a statement's source as one line. */
export function optionText({ label, hint }: Option, words: ChannelWords): string {
  return hint === undefined ? label : fill(words.aside, { text: label, aside: hint })
}

function statementText({ text, note, sources, confidence }: Statement, words: ChannelWords): string {
  const sourceLines = sources.map(({ label, url }) =>
    fill(words.source, { source: url === undefined ? label : `${label} (${url})` }),
  )
  const [first = '', ...rest] = plainLines(text).split('\n')
  const more = [...rest, ...(note === undefined ? [] : plainLines(note).split('\n'))]
  const below = [...more, ...(confidence === undefined ? [] : [confidence]), ...sourceLines]
  return [`• ${first}`, ...below.filter((line) => line !== '').map((line) => `  ${line}`)].join('\n')
}

function rowText({ label, value }: SummaryRow, words: ChannelWords): string {
  return `• ${fill(words.pair, { label: plainLine(label), value: plainLine(value) })}`
}

function changeText(rows: readonly SummaryRow[], words: ChannelWords): string {
  const changes = new Map(rows.flatMap((row) => (row.change ? [[row.change.label, row] as const] : [])))
  return [...changes]
    .map(([label, row]) => fill(words.change, { example: `${label} ${plainLine(row.label)}` }))
    .join('\n')
}

function inputText({ blocks }: Message, input: Input, words: ChannelWords): string {
  const label = plainLine(input.label)
  // Most messages put the question as a block; the label repeats it for screen readers only.
  const asked = blocks.some((block) => 'text' in block && plainLine(block.text).includes(label))
  const options = input.options.map((option, at) => `${at + 1}. ${optionText(option, words)}`)
  const how = input.kind === 'choices' ? words.typeNumbers : words.typeNumber
  return joined([asked ? '' : label, ...options, input.options.length > 0 ? how : ''])
}

function wordsToType({ language, input, actions = [] }: Message, words: ChannelWords): string {
  const labels = [
    ...(input?.unsure === undefined ? [] : [input.unsure]),
    ...actions.map(({ label }) => label),
  ]
  const different = new Intl.ListFormat(language, { type: 'disjunction' }).format(new Set(labels))
  return different === '' ? '' : fill(words.alsoType, { words: different })
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n')
}
