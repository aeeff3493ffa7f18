import { sayFinding } from '../../rules/values/messages.ts'
import type { Invalid, Note } from '../../rules/values/validation.ts'
import { quote } from '../../rules/assess/statement.ts'
import type { Block, Tone } from '../message.ts'
import { escapeMarkdown, say, sourceLines, type Composing } from './context.ts'

/** What a check found, and how to mend it, as one text. What was typed in it acts as no markup. */
export function findingText(on: Composing, finding: Invalid | Note): string {
  if (!on.values) return ''
  const { text, remedy } = sayFinding(on.values.messages, finding, on.language)
  return escapeMarkdown(say(on, 'field-refused', { text, remedy }))
}

/** The same with the facts behind it. */
export function findingBlocks(on: Composing, finding: Invalid | Note, tone: Tone): readonly Block[] {
  if (!on.values) return []
  const { facts: ids } = sayFinding(on.values.messages, finding, on.language)
  const facts = ids.flatMap((id) => on.book.facts.get(id) ?? [])
  const said = { kind: 'text', tone, text: findingText(on, finding) } as const
  if (facts.length === 0) return [said]
  const items = facts.map((fact) => ({
    id: fact.id,
    text: fact.text[on.language],
    sources: sourceLines(quote(on.book, fact.sources)),
  }))
  return [said, { kind: 'statements', title: say(on, 'reasons'), folded: true, items }]
}
