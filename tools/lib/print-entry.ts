import type { Entry } from '../../src/rules/report/entry.ts'
import type { ReportContext } from './report-context.ts'
import { shareWidths, textTable } from './text-table.ts'

/** A table of entries: id and standing, the rule with its conflicts, the sources. */
export function entryTable(context: ReportContext, entries: readonly Entry[]): string {
  const { say, width } = context
  return textTable(
    [say('col-id'), say('col-rule'), say('col-sources')],
    shareWidths(width, [5, 10, 6]),
    entries.map((entry) => [
      [entry.id, ...facts(context, entry)].join('\n'),
      body(context, entry),
      sources(entry).join('\n'),
    ]),
  )
}

/** An entry as one cell: rule, standing, sources, conflicts. */
export function entryCell(context: ReportContext, entry: Entry): string {
  return [
    body(context, entry),
    `[${entry.id}]`,
    facts(context, entry).join(context.say('comma')),
    `${context.say('col-sources')}${context.say('colon')}${sources(entry).join('; ')}`,
  ].join('\n')
}

/** Date, confidence and whatever else limits a statement, each a short phrase. */
export function facts({ say, labels }: ReportContext, entry: Entry): readonly string[] {
  const dated = (id: string, date: string | undefined) => (date === undefined ? [] : [say(id, { date })])
  return [
    `${say('newest')}${say('colon')}${entry.newest === 'undated' ? say('undated') : entry.newest}`,
    `${say('confidence')}${say('colon')}${say(`confidence-${entry.confidence}`)}`,
    ...(entry.entities ? [say('for-entity', { entity: labels.entities(entry.entities) })] : []),
    ...dated('valid-from', entry.from),
    ...dated('valid-until', entry.until),
    ...(entry.superseded ? [say('superseded')] : []),
    ...(entry.standing ? [say(`standing-${entry.standing}`)] : []),
    ...(entry.knownLater ? [say('known-later')] : []),
    ...(entry.conflicts.length > 0 ? [`⚠ ${say('conflict')}`] : []),
  ]
}

function body({ say, language }: ReportContext, entry: Entry): string {
  const label = entry.label ? [`→ ${entry.label[language]}`] : []
  const note = entry.note ? [`${say('note')}${say('colon')}${entry.note[language]}`] : []
  // Where sources differ, the cautious advice stands before everything else.
  const advice = entry.conflicts.map(
    (conflict) => `⚠ ${say('advice')}${say('colon')}${conflict.advice[language]}`,
  )
  const positions = entry.conflicts.flatMap((conflict) =>
    conflict.positions.map((position) => `  · ${position.date}${say('colon')}${position.says[language]}`),
  )
  return [...label, ...advice, entry.text[language], ...note, ...positions].join('\n')
}

function sources(entry: Entry): readonly string[] {
  return entry.sources.map((source) => `${source.publisher}, ${source.title} (${source.date})`)
}
