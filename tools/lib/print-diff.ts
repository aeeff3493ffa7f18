import { diffRegions, type TopicDifference } from '../../src/rules/report/diff.ts'
import type { Entry } from '../../src/rules/report/entry.ts'
import { entryCell } from './print-entry.ts'
import { thenAndNow } from './print-changes.ts'
import { regionName, type ReportContext } from './report-context.ts'
import { shareWidths, textTable } from './text-table.ts'

/** Two regions side by side: in short, topic by topic, then where the decision tables part. */
export function printDiff(
  context: ReportContext,
  first: string,
  second: string,
  entity: string | undefined,
): string {
  const { book, say, language, asOf, width, labels } = context
  const difference = diffRegions(book, first, second, { asOf, entity })
  const names = { first: regionName(context, first), second: regionName(context, second) }
  const headings = [`${names.first} ${first}`, `${names.second} ${second}`]
  const half = shareWidths(width, [1, 1])
  const sideBySide = (left: readonly Entry[], right: readonly Entry[], empty: string) =>
    textTable(headings, half, pairs(left.map(cell), right.map(cell), empty))
  const cell = (entry: Entry) => entryCell(context, entry)

  return [
    `${say('title-diff', names)}${say('comma')}${say('as-of', { date: asOf })}${
      entity === undefined ? '' : `${say('comma')}${say('for-entity', { entity: labels.entities([entity]) })}`
    }`,
    '',
    say('basics'),
    basics(context, [first, second], entity),
    ...difference.topics.flatMap((topic) => [
      '',
      `■ ${topic.title[language]}${say('colon')}${say(`kind-${topic.kind}`, names)}`,
      ...topicTables(context, topic, sideBySide),
    ]),
    ...difference.decisions.flatMap((decision) => [
      '',
      `■ ${say('decisions')}${say('colon')}${decision.title[language]}`,
      sideBySide(decision.first, decision.second, say('decided-by-table')),
    ]),
    '',
    `${say('neither')}${say('colon')}${difference.neither.map((topic) => book.topics.get(topic)?.title[language] ?? topic).join(say('comma'))}`,
    ...thenAndNow(context, [first, second], entity),
  ].join('\n')
}

/** Region, start of the text message, and how an individual from elsewhere fares. */
export function basics(
  context: ReportContext,
  regions: readonly string[],
  entity: string | undefined,
): string {
  const { book, say, language, asOf, width } = context
  const provinces = regions.flatMap((region) => book.provinces.get(region) ?? [])
  const rows = [
    [
      say('sms-since'),
      ...provinces.map(({ sms }) =>
        sms.since <= asOf ? sms.since : say('sms-not-yet', { date: sms.since }),
      ),
    ],
  ]
  if (entity === undefined || entity === 'individual')
    rows.push([
      say('out-of-province'),
      ...provinces.map(
        ({ outOfProvinceIndividual: { verdict, text } }) => `${say(`verdict-${verdict}`)}\n${text[language]}`,
      ),
    ])
  return textTable(
    ['', ...provinces.map((province) => `${province.name[language]} ${province.province}`)],
    shareWidths(width, [2, ...provinces.map(() => 6 / provinces.length)]),
    rows,
  )
}

function topicTables(
  { say }: ReportContext,
  topic: TopicDifference,
  sideBySide: (left: readonly Entry[], right: readonly Entry[], empty: string) => string,
): readonly string[] {
  const differing = topic.first.length + topic.second.length > 0
  const empty = topic.kind === 'different' ? say('nothing-more') : say('no-local-rule')
  return [
    ...(differing ? [sideBySide(topic.first, topic.second, empty)] : []),
    ...(topic.both.length > 0
      ? [
          `  ${say('also-both')}`,
          sideBySide(
            topic.both.map(([first]) => first),
            topic.both.map(([, second]) => second),
            '',
          ),
        ]
      : []),
  ]
}

function pairs(
  left: readonly string[],
  right: readonly string[],
  empty: string,
): readonly (readonly string[])[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    left[index] ?? (index === 0 ? empty : ''),
    right[index] ?? (index === 0 ? empty : ''),
  ])
}
