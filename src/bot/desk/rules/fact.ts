import { confidenceNote, escapeMarkdown, sourceLines } from '../../../rendering/compose/context.ts'
import { conflictText } from '../../../rendering/compose/outcomes/province.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import type { Block } from '../../../rendering/message.ts'
import type { RuleBook } from '../../../rules/rulebook.ts'
import type { Entry } from '../../../rules/report/entry.ts'
import { findEntry, similarIds } from '../../../rules/report/find.ts'
import { card, factButtons, notice, speak, typed, type Asking } from './asking.ts'
import { readReports } from './reports.ts'

/** `fact ID`: a fact or a row of a table in full. */
export async function showFact(asking: Asking): Promise<DeskCard | undefined> {
  const { brain, asOf, sure, rest, language, store, on } = asking
  const { entry } = entryNamed(brain.book, rest, asOf)
  if (!entry) return sure ? noSuchFact(asking, rest) : undefined
  const reports = (await readReports(store)).filter(({ fact }) => fact === entry.id)
  const label = entry.label?.[language]
  return card(
    asking,
    [
      { kind: 'heading', text: entry.id },
      ...(label === undefined ? [] : [{ kind: 'text', text: `**${label}**` } as const]),
      {
        kind: 'statements',
        items: [
          {
            id: entry.id,
            text: entry.text[language],
            ...noteOf(asking, entry),
            sources: sourceLines(entry.sources),
            ...confidenceNote(on, entry.confidence),
          },
        ],
      },
      ...notices(asking, entry, reports.length),
    ],
    [{ label: speak(asking, 'report'), command: typed(asking, 'outdated', entry.id) }],
  )
}

function noteOf({ on, language }: Asking, { note, conflicts }: Entry): { note?: string } {
  const notes = [
    ...(note === undefined ? [] : [note[language]]),
    ...conflicts.map((conflict) => conflictText(on, conflict)),
  ]
  return notes.length === 0 ? {} : { note: notes.join('\n\n') }
}

function notices(asking: Asking, { superseded }: Entry, reports: number): readonly Block[] {
  const texts = [
    ...(superseded ? [speak(asking, 'fact-superseded')] : []),
    ...(reports > 0 ? [speak(asking, 'fact-reported', { count: reports })] : []),
  ]
  return texts.map((text) => ({ kind: 'text', tone: 'notice', text }))
}

/** What a text begins with, where that is an id, and what follows it. Ids may hold blanks; case makes no difference. */
export function entryNamed(
  book: RuleBook,
  text: string,
  asOf: string,
): { readonly entry: Entry | undefined; readonly rest: string } {
  const words = text.slice(0, 500).trim().split(/\s+/u)
  for (let size = Math.min(words.length, 8); size > 0; size -= 1) {
    const name = words.slice(0, size).join(' ')
    const entry = findEntry(book, name, asOf) ?? findEntry(book, idLike(book, name) ?? '', asOf)
    if (entry) return { entry, rest: words.slice(size).join(' ') }
  }
  return { entry: undefined, rest: text }
}

function idLike(book: RuleBook, name: string): string | undefined {
  const low = name.toLowerCase()
  return idsOf(book).find((id) => id.toLowerCase() === low)
}

function idsOf(book: RuleBook): readonly string[] {
  const rows = [...book.tables.values()].flatMap((table) => table.rows.map(({ id }) => id))
  return [...book.facts.keys(), ...rows]
}

/** What exists instead: ids like it, or how an id looks. */
export function noSuchFact(asking: Asking, typedId: string): DeskCard {
  const { book } = asking.brain
  const [first = ''] = typedId.trim().split(/\s+/u)
  const example = typed(asking, 'fact', book.facts.keys().next().value ?? '')
  if (first === '') return notice(asking, speak(asking, 'fact-needed', { example }))
  const similar = similarIds(book, first.slice(0, 80))
  const unknown = speak(asking, 'fact-unknown', { id: escapeMarkdown(first.slice(0, 80)) })
  const hint = similar.length > 0 ? speak(asking, 'fact-similar') : speak(asking, 'fact-needed', { example })
  return notice(asking, `${unknown} ${hint}`, factButtons(asking, similar))
}
