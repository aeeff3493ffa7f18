import { confidenceNote, sourceLines } from '../../../rendering/compose/context.ts'
import type { Statement } from '../../../rendering/message.ts'
import type { Quoted } from '../../../rules/assess/statement.ts'
import { lastDay, newestDate } from '../../../rules/report/dates.ts'
import type { Entry } from '../../../rules/report/entry.ts'
import type { Confidence } from '../../../rules/schema.ts'
import { short, speak, type Asking } from './asking.ts'

/** One line on a fact or a row, with the day of its newest source and one source. */
export function entryLine(asking: Asking, entry: Entry): Statement {
  const { language } = asking.on
  const label = entry.label?.[language]
  const text = label === undefined ? entry.text[language] : `**${label}** ${entry.text[language]}`
  return line(asking, { ...entry, text })
}

export function line(
  asking: Asking,
  {
    id,
    text,
    newest,
    sources,
    confidence,
  }: {
    readonly id: string
    readonly text: string
    readonly newest: string
    readonly sources: readonly Quoted[]
    readonly confidence: Confidence
  },
): Statement {
  const date = newest === 'undated' ? speak(asking, 'undated') : newest
  return {
    id,
    text: speak(asking, 'dated', { text: short(text), date }),
    sources: sourceLines(newestFirst(sources).slice(0, 1)),
    ...confidenceNote(asking.on, confidence),
  }
}

/** The source that bears the day told comes first. */
function newestFirst(sources: readonly Quoted[]): readonly Quoted[] {
  const day = ({ date }: Quoted) => lastDay(newestDate([date]))
  return sources.toSorted((a, b) => day(b).localeCompare(day(a)))
}
