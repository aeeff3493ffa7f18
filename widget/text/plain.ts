import type { Block, Message } from '../../src/rendering/message.ts'
import { parseMarkdown, type Inline } from './markdown.ts'

/** A message as one plain text, for the live region: what is said, without sources and folded lists. */
export function plainMessage(message: Message): string {
  const parts = message.blocks.map(plainBlock)
  const label = message.input?.label
  if (label !== undefined && !parts.some((part) => part.includes(plainText(label))))
    parts.push(plainText(label))
  for (const { label: name, error } of message.input?.form?.fields ?? [])
    if (error !== undefined) parts.push(`${plainText(name)}: ${plainText(error)}`)
  return parts.filter((part) => part !== '').join('\n')
}

/** The small Markdown without its marks. */
export function plainText(source: string): string {
  return parseMarkdown(source)
    .flatMap((block) => (block.kind === 'list' ? block.items : block.lines))
    .map((line) => line.map(plainInline).join(''))
    .join('\n')
}

function plainInline(inline: Inline): string {
  return inline.kind === 'text' ? inline.text : inline.children.map(plainInline).join('')
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return plainText(block.text)
    case 'statements': {
      const title = plainText(block.title ?? '')
      return block.folded
        ? title
        : [title, ...block.items.map((item) => plainText(item.text))].join('\n').trim()
    }
    case 'summary':
      return [block.title ?? '', ...block.rows.map((row) => `${row.label}: ${row.value}`)].join('\n').trim()
  }
}
