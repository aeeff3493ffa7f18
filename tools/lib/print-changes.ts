import { changesBetween, differencesBetween, type Change } from '../../src/rules/report/changes.ts'
import { firstDay } from '../../src/rules/report/dates.ts'
import { entryCell, entryTable } from './print-entry.ts'
import { regionName, type ReportContext } from './report-context.ts'
import { shareWidths, textTable } from './text-table.ts'
import { wrap } from './wrap.ts'

/** Everything that began, ended or was newly stated after a day, with what held before. */
export function printChanges(
  context: ReportContext,
  since: string,
  regions: readonly string[],
  entity: string | undefined,
): string {
  const { book, say, asOf } = context
  const changes = changesBetween(book, { since, until: asOf, regions, entity })
  const dated = changes.filter((change) => change.event !== 'stated')
  const stated = changes.filter((change) => change.event === 'stated')
  // A source that names the year only may be older than the day asked about: such facts are named, no more.
  const surely = stated.filter((change) => firstDay(change.date) > since)
  const perhaps = stated.filter((change) => firstDay(change.date) <= since)
  const days = (all: readonly Change[]) => [...new Set(all.map((change) => change.date))]
  const of = (all: readonly Change[], date: string) => all.filter((change) => change.date === date)
  return [
    [
      say('title-changes', { since, until: asOf }),
      ...regions.map((region) => regionName(context, region)),
    ].join(say('comma')),
    ...(changes.length === 0 ? ['', say('nothing-changed')] : []),
    ...(dated.length > 0 ? ['', `■ ${say('changed-headline')}`, changeTable(context, dated)] : []),
    ...days(surely).flatMap((date) => {
      const group = of(surely, date)
      const headline = date.length === 10 ? 'stated-headline' : 'stated-roughly'
      return ['', `■ ${say(headline, { date, count: group.length })}`, statedTable(context, group)]
    }),
    ...days(perhaps).flatMap((date) => {
      const ids = of(perhaps, date).flatMap((change) => change.entries.map((entry) => entry.id))
      const headline = say('stated-perhaps', { date, count: ids.length })
      return ['', `■ ${headline}`, ...wrap(ids.join(say('comma')), context.width)]
    }),
  ].join('\n')
}

/** Where a report looks back on a former day: what has begun and ended since. Nothing for today. */
export function thenAndNow(
  context: ReportContext,
  regions: readonly string[],
  entity: string | undefined,
): readonly string[] {
  const { book, say, asOf, today } = context
  if (asOf >= today) return []
  const changes = differencesBetween(book, { since: asOf, until: today, regions, entity })
  return [
    '',
    `■ ${say('title-then-now', { since: asOf, until: today })}`,
    changes.length > 0 ? changeTable(context, changes) : say('nothing-changed'),
  ]
}

/** What was newly stated mostly has nothing before it: then the rules alone fill the width. */
function statedTable(context: ReportContext, changes: readonly Change[]): string {
  if (changes.some((change) => change.before.length > 0)) return changeTable(context, changes)
  return entryTable(
    context,
    changes.flatMap((change) => change.entries),
  )
}

function changeTable(context: ReportContext, changes: readonly Change[]): string {
  const { say, width } = context
  return textTable(
    [say('col-date'), say('col-what'), say('col-before')],
    shareWidths(width, [3, 10, 7]),
    changes.map((change) => [
      [change.date, say(`event-${change.event}`), places(context, change)].join('\n'),
      change.event === 'sms-begins'
        ? change.entries.map((entry) => entry.text[context.language] + ` [${entry.id}]`).join('\n')
        : change.entries.map((entry) => entryCell(context, entry)).join('\n'),
      before(context, change),
    ]),
  )
}

function before(context: ReportContext, change: Change): string {
  const { say, book } = context
  if (change.event === 'ends') return ''
  if (change.event === 'sms-begins') {
    const count = [...book.provinces.values()].filter((province) => province.sms.since < change.date).length
    return say('sms-before', { count })
  }
  if (change.before.length === 0) return say('nothing-before')
  return change.before.map((entry) => entryCell(context, entry)).join('\n')
}

function places(context: ReportContext, { regions }: Change): string {
  if (regions.length === 0) return context.say('nationwide')
  return regions.map((region) => regionName(context, region)).join(context.say('comma'))
}
