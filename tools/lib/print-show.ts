import { showRegion } from '../../src/rules/report/show.ts'
import { thenAndNow } from './print-changes.ts'
import { basics } from './print-diff.ts'
import { entryTable } from './print-entry.ts'
import { regionName, type ReportContext } from './report-context.ts'

/** All that one region asks for, topic by topic; the national rules where it has none of its own. */
export function printShow(context: ReportContext, region: string, entity: string | undefined): string {
  const { book, say, language, asOf, labels } = context
  const shown = showRegion(book, region, { asOf, entity })
  return [
    [
      say('title-show', { region: regionName(context, region) }),
      say('as-of', { date: asOf }),
      ...(entity === undefined ? [] : [say('for-entity', { entity: labels.entities([entity]) })]),
    ].join(say('comma')),
    '',
    basics(context, [region], entity),
    ...shown.topics.flatMap((topic) => [
      '',
      topic.local.length > 0
        ? `■ ${topic.title[language]}`
        : `■ ${topic.title[language]}${say('colon')}${say('no-local-rule')}`,
      entryTable(context, topic.local.length > 0 ? topic.local : topic.national),
    ]),
    ...(shown.decisions.length > 0
      ? [
          '',
          `■ ${say('decisions-here')}`,
          entryTable(
            context,
            shown.decisions.map(({ entry }) => entry),
          ),
        ]
      : []),
    ...thenAndNow(context, [region], entity),
  ].join('\n')
}
